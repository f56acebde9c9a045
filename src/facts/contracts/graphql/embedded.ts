import { parse } from 'graphql';
import { isJavaScript } from '../../javascript/parse.ts';
import { treeOf } from '../../javascript/planted.ts';
import { isTypeSystem } from './complete-document.ts';

/** What a file of code must say to be worth a parse. */
const says = /\b(?:gql|graphql|typeDefs|buildSchema|makeExecutableSchema)\b/i;
const defines = /^[ \t]{0,80}(?:extend )?(?:type|interface|enum|input|union|schema|scalar|directive)\s/m;
/** Operations and fragments are a client's. */
const operates = /^(?:[\s,]|#[^\n]*\n)*(?:query|mutation|subscription|fragment|\{)/;
const maxLength = 1_000_000;
const maxTokens = 50_000;

/** Whether a file is code that may hold a part of a GraphQL schema. */
export function mayEmbedGraphql(path: string, text: string | undefined): boolean {
  return text !== undefined && isJavaScript(path) && text.length <= maxLength && says.test(text) && defines.test(text);
}

/**
 * The parts of a schema that stand in a file of code as templates (`gql`, `typeDefs`), each on the lines it has there and
 * nothing else, so that a place in it is a place in the file. A template that is no schema as it stands is left out: what
 * is put into it is not known.
 *
 * @throws as plantTree
 */
export function embeddedGraphql(path: string, text: string): string {
  const lines = text.split('\n').map(() => '');
  for (const { quasis, expressions, loc } of treeOf(path, text).of('TemplateLiteral')) {
    const parts = quasis.map(({ value }) => sameLines(value.cooked, value.raw));
    const script = parts.map((part, i) => part + feedsOf(text, expressions[i]?.range)).join(' ');
    if (!defines.test(script) || operates.test(script) || !isSchema(script)) continue;
    for (const [i, line] of script.split('\n').entries()) {
      const at = loc.start.line - 1 + i;
      lines[at] = `${lines[at] ?? ''} ${line}`;
    }
  }
  return lines.join('\n');
}

function isSchema(script: string): boolean {
  try {
    return parse(script, { maxTokens, noLocation: true }).definitions.some(isTypeSystem);
  } catch {
    return false;
  }
}

/** A template's text without its escapes, but where they swallow a line feed. */
function sameLines(cooked: string | null, raw: string): string {
  return cooked !== null && cooked.split('\n').length === raw.split('\n').length ? cooked : raw;
}

/** The line feeds of what is put in, so that what follows keeps its line. */
function feedsOf(text: string, range: readonly [number, number] | undefined): string {
  return range ? '\n'.repeat(text.slice(...range).split('\n').length - 1) : '';
}
