import { canonical, child, items, stringAt, type Tree } from '../tree.ts';
import { type Comparison, note, reportAfter, reportGone, type Spot } from './change.ts';
import { compareLifecycle, mayBeRemoved } from './compare-lifecycle.ts';
import { compareSchemas, schemaOf } from './compare-schemas.ts';
import { contentOf, type Operation, type Parameter } from './contract-view.ts';
import { keyword, viewOf } from './schema-view.ts';

/** Parameters of an operation: gone, new and required, newly required, moved, restyled, narrowed, other default. */
export function compareParameters(c: Comparison, before: Operation, after: Operation, subject: string): void {
  for (const [key, old] of before.parameters) {
    if (old.in === 'body') continue;
    const now = after.parameters.get(key);
    const words = `the ${old.in} parameter \`${old.name.slice(0, 60)}\` of ${subject}`;
    if (now) compareParameter(c, old, now, words);
    else if (old.in === 'path' && key.startsWith('path ')) continue;
    else if (mayBeRemoved(c, old.at)) note(c, `removed ${words}, which was deprecated`);
    else
      reportGone(
        c,
        'removed-request-input',
        hasSunset(old) ? 'error' : 'warning',
        old.at,
        parametersAt(after),
        `${words} is gone.`,
      );
  }
  for (const [key, now] of after.parameters) {
    if (before.parameters.has(key) || now.in === 'body' || now.in === 'path') continue;
    const words = `the ${now.in} parameter \`${now.name.slice(0, 60)}\` of ${subject}`;
    if (!now.required || defaultOf(c, 'after', now)) note(c, `new optional ${words.slice(4)}`);
    else reportAfter(c, 'required-request-input', 'error', now.at, `${words} is new and required.`);
  }
}

function compareParameter(c: Comparison, old: Parameter, now: Parameter, words: string): void {
  compareLifecycle(c, old.at, now.at, words);
  if (now.required && !old.required && !defaultOf(c, 'after', now)) {
    const node = child(now.at.node, 'required') ?? now.at.node;
    reportAfter(c, 'required-request-input', 'error', { node, via: now.at.via }, `${words} became required.`);
  }
  compareNotation(c, old, now, words);
  compareDefaults(c, old, now, words);
  const [before, after] = [schemasOf(c, 'before', old), schemasOf(c, 'after', now)];
  if (before && after && !becameText(c, before, after)) compareSchemas(c, 'request', [before], [after], words);
}

/** A number or a boolean of a URL or header is text on its way: who sends `true` sends what a string takes. */
function becameText(c: Comparison, before: Spot, after: Spot): boolean {
  const [old, now] = [viewOf(c.before, [before]), viewOf(c.after, [after])];
  const types = [...(old.types ?? [])].filter((type) => type !== 'null');
  if (types.length === 0 || !types.every((type) => /^(?:boolean|number|integer)$/.test(type))) return false;
  if (!now.types?.has('string') || keyword(now, 'pattern').length > 0 || keyword(now, 'format').length > 0)
    return false;
  const [list] = keyword(now, 'enum');
  const values = items(list?.node).map(({ scalar }) => String(scalar));
  return !list || (types.join() === 'boolean' && values.includes('true') && values.includes('false'));
}

/** How a value is written into the request. */
function compareNotation(c: Comparison, old: Parameter, now: Parameter, words: string): void {
  for (const key of ['style', 'explode', 'collectionFormat', 'allowReserved', 'allowEmptyValue']) {
    const node = child(now.at.node, key);
    const was = child(old.at.node, key)?.scalar ?? initial(old, key);
    const is = node?.scalar ?? initial(now, key);
    if (node && was !== undefined && was !== is)
      reportAfter(
        c,
        'narrowed-request',
        'error',
        { node, via: now.at.via },
        `\`${key}\` of ${words} changed: values are written otherwise.`,
      );
  }
  const [before, after] = [child(old.at.node, 'content'), child(now.at.node, 'content')];
  const [schemaBefore, schema] = [child(old.at.node, 'schema'), child(now.at.node, 'schema')];
  const at = before && schema ? schema : schemaBefore && after ? after : undefined;
  if (at && !(before && after))
    reportAfter(c, 'narrowed-request', 'error', { node: at, via: now.at.via }, `${words} is written otherwise.`);
}

/** What OpenAPI 3 takes a parameter's notation to be when nothing is said; `explode` matters to lists and objects alone. */
function initial(parameter: Parameter, key: string): string | boolean | undefined {
  const form = parameter.in === 'query' || parameter.in === 'cookie';
  if (key === 'style') return form ? 'form' : 'simple';
  const type = stringAt(child(parameter.at.node, 'schema'), 'type');
  if (key !== 'explode' || !/^(?:array|object)$/.test(type ?? '')) return undefined;
  return (stringAt(parameter.at.node, 'style') ?? (form ? 'form' : 'simple')) === 'form';
}

/** OpenAPI 3 has a schema or content; Swagger 2's parameter is a schema itself. */
function schemasOf(c: Comparison, side: 'before' | 'after', parameter: Parameter): Spot | undefined {
  const direct = schemaOf(parameter.at);
  if (direct) return direct;
  const [content] = contentOf(c[side], parameter.at).values();
  if (content) return schemaOf(content);
  return child(parameter.at.node, 'type')
    ? { node: withoutParameterKeys(parameter.at.node), via: parameter.at.via }
    : undefined;
}

function withoutParameterKeys(node: Tree): Tree {
  return { ...node, map: new Map([...(node.map ?? [])].filter(([key]) => key !== 'required' && key !== 'in')) };
}

function defaultOf(c: Comparison, side: 'before' | 'after', parameter: Parameter): Spot | undefined {
  const schema = schemasOf(c, side, parameter);
  return schema && keyword(viewOf(c[side], [schema]), 'default')[0];
}

function compareDefaults(c: Comparison, old: Parameter, now: Parameter, words: string): void {
  const before = defaultOf(c, 'before', old);
  const after = defaultOf(c, 'after', now);
  if (canonical(before?.node) === canonical(after?.node)) return;
  if (after)
    reportAfter(
      c,
      'changed-request-default',
      before ? 'error' : 'warning',
      after,
      before ? `the default of ${words} changed.` : `${words} has a default now.`,
    );
  else if (before)
    reportGone(c, 'changed-request-default', 'warning', before, now.at, `${words} has no default any more.`);
}

function hasSunset(parameter: Parameter): boolean {
  return child(parameter.at.node, 'x-sunset') !== undefined;
}

function parametersAt(operation: Operation): Spot {
  return { node: child(operation.at.node, 'parameters') ?? operation.at.node, via: operation.at.via };
}
