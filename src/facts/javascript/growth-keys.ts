import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Scope } from '../code.ts';
import type { Write } from './growing-containers.ts';
import { isPropertyName, propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { Source } from './source.ts';
import { within } from './within.ts';

/** What there are a few of in any program. */
const few =
  /^(?:model|type|kind|locale|lang(?:uage)?|time_?zone|tz|template|section|schema|table|collection|entity|role|plan|country|currency|env|feature|flag|plugin|provider|event|method|level|status|category|class|module|extension|format|unit|region|theme|term|tier|day|month|weekday)(?:Name|Type|Key|Id|s)?$|^(?:uid|contentType|modelName|className|typeName)$/i;
/** What there is no end of. */
const many =
  /^(?:id|ids|ip|sub|uuid|guid|jti|sid|slug|email|e?mail|phone|url|uri|href|query|sql|text|search|address|addr|token|jwt|session|hash|digest|username|user|customer|client|visitor|order|invoice|message|socket|coords?|lat|lng|password|input|payload|body|nonce|code|sku|isbn)$|(?:Id|ID|_id|Ids|Uuid|UUID|Ip|IP|Url|URL|Uri|Email|Token|Address|Hash|Query|Phone|Session|Nonce|Slug|Sql)$/;

const maxSteps = 3;

/** Whether what a container grows by has an end: `known` where there are only a few, `none` where there is no end, else `unknown`. */
export function endOf(source: Source, { at, key }: Write, scope: Scope): 'known' | 'none' | 'unknown' {
  if (!key) return scope === 'request' ? 'none' : 'unknown';
  const names = wordsOf(source, key, 0);
  if (names === undefined) return 'known';
  // Credentials of a client of one's own: as many as somebody configured.
  if (names.some((name) => /secret$/i.test(name))) return 'unknown';
  if (names.some((name) => many.test(name))) return 'none';
  if (names.length > 0 && names.every((name) => few.test(name))) return 'known';
  return scope === 'request' && isOfRequest(source, at, key) ? 'none' : 'unknown';
}

/** The last names in a key, and in what its names were made from; undefined where it is an entry of a table of the module. */
function wordsOf(source: Source, key: Node, steps: number): readonly string[] | undefined {
  const node = unwrap(key);
  if (node.type === 'MemberExpression') {
    if (node.computed) return isTable(source, node.object) ? undefined : wordsOf(source, node.property, steps);
    return [qualified(node)];
  }
  if (node.type !== 'Identifier') {
    const inner = within(source.tree, 'Identifier', node).filter(
      (id) => !(id.parent.type === 'MemberExpression' && id.parent.object === id) && !isCallee(id),
    );
    return inner.flatMap((id) => {
      const { parent } = id;
      if (parent.type === 'MemberExpression' && parent.property === id && !parent.computed) return [qualified(parent)];
      return isPropertyName(id) ? [id.name] : (wordsOf(source, id, steps) ?? []);
    });
  }
  const binding = source.tree.bindingOf(node);
  const init = binding?.node.type === 'VariableDeclarator' && binding.kind !== 'param' ? binding.node.init : undefined;
  const named = binding?.node.type === 'VariableDeclarator' && binding.node.id.type === 'Identifier';
  if (!init || !named || steps >= maxSteps || !isShort(init)) return [node.name];
  const made = wordsOf(source, init, steps + 1);
  return made && [node.name, ...made];
}

/** `plugin.id` is `pluginId`. */
function qualified(member: TSESTree.MemberExpression): string {
  const name = propertyName(member) ?? '';
  const of = /^(?:id|name|key)$/i.test(name) ? simpleName(member.object) : '';
  return of ? `${of}${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}

function isShort(node: Node): boolean {
  return node.range[1] - node.range[0] < 300;
}

/** A constant object of the module, whose entries one can count. */
function isTable(source: Source, object: Node): boolean {
  const binding = object.type === 'Identifier' ? source.tree.bindingOf(object) : undefined;
  const init = binding?.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
  return init?.type === 'ObjectExpression' && init.properties.length > 0;
}

function isCallee(id: Node): boolean {
  const { parent } = id;
  if (parent?.type === 'CallExpression') return parent.callee === id;
  return (
    parent?.type === 'MemberExpression' && parent.parent.type === 'CallExpression' && parent.parent.callee === parent
  );
}

/** Written by the client: `req.params.name`, `ctx.query.q`, and what was taken from them under another name. */
function isOfRequest(source: Source, at: Node, key: Node): boolean {
  const names = key.type === 'Identifier' ? [key] : within(source.tree, 'Identifier', key);
  return (
    /\b(?:req|request|ctx|event|c)\.|\b(?:params|body|headers)\b/.test(source.tree.text.slice(...key.range)) ||
    names.some((id) => {
      const binding = source.tree.bindingOf(id);
      const init = binding?.node.type === 'VariableDeclarator' ? binding.node.init : undefined;
      return (
        init != null &&
        init.range[1] < at.range[1] &&
        isShort(init) &&
        /\b(?:req|request|ctx|event|c)\.|\b(?:params|body|headers)\b/.test(source.tree.text.slice(...init.range))
      );
    })
  );
}
