import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Observability } from '../code.ts';
import { propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

type Labels = Observability['labels'];

/** Names of what a client or a table decides: each new value is a new time series. */
const unbounded =
  /(?:^|_)(?:id|uuid|email|ip|url|path|token|session|query|user|message|error|userName|username)$|(?:Id|Email|Url|Path|Ip|Token|User|Message)$/;
/** Whose name is one of many; what a program itself is made of (a queue, a zone, a job) has a few. */
const named = /(?:user|customer|member|author|account|client|visitor|file|body|params|query|company|product)$/i;
/** What nobody would count one by one: the id of a channel or a queue may be part of a name on purpose. */
const inName = /^(?:url|originalUrl|path|email|ip|token|query)$|(?:user|customer|session|request|order|message)_?id$/i;
const metrics = /^(?:new )?(?:prom-client|@opentelemetry\/api|hot-shots|dd-trace|(?:node-)?statsd(?:-client)?)\b/;
/** The same where nothing says what was imported: by the names that its documentation uses. */
const conventional =
  /^new (?:(?:client|prom|promClient|prometheus)\.(?:Counter|Gauge|Histogram|Summary)|StatsD(?:Client)?)\b|^(?:statsd|dogstatsd)\.\w+$/;
const methods =
  /^(?:inc|dec|observe|set|labels|startTimer|add|record|increment|decrement|gauge|timing|histogram|distribution)$/;

/** States labels of metrics whose values have no bound: as an object, by position, as tags, and at the end of a timer. */
export function metricLabels(source: Source, placeOf: PlaceOf): Labels {
  return source.tree.of('CallExpression').flatMap((call) => {
    const { callee } = call;
    const { text, from } = source.originOf(callee);
    if (!metrics.test(text) && !(from === 'global' && conventional.test(text))) return [];
    // `const end = histogram.startTimer(); end({ path })`.
    const ends = callee.type === 'Identifier' && text.endsWith('.startTimer()');
    const name = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
    if (!ends && !methods.test(name)) return [];
    return call.arguments.flatMap((argument, i): Labels => {
      const node = unwrap(argument);
      // Of statsd the first is the metric's name.
      if (i === 0 && node.type === 'TemplateLiteral' && /statsd|hot-shots|dd-trace/i.test(text))
        return ofName(source, placeOf, node);
      if (node.type === 'ObjectExpression') return ofObject(source, placeOf, node);
      if (node.type === 'ArrayExpression')
        return node.elements.flatMap((tag) => (tag ? ofTag(source, placeOf, tag) : []));
      return name === 'labels' && isOpen(source, node) ? [labelled(source, placeOf, node, simpleName(node), node)] : [];
    });
  });
}

function ofObject(source: Source, placeOf: PlaceOf, object: TSESTree.ObjectExpression): Labels {
  return object.properties.flatMap((property) => {
    if (property.type !== 'Property') return [];
    const value = unwrap(property.value);
    return isOpen(source, value) ? [labelled(source, placeOf, property, propertyName(property) ?? '', value)] : [];
  });
}

/** `user:${user.id}` among the tags of statsd. */
function ofTag(source: Source, placeOf: PlaceOf, tag: Node): Labels {
  if (tag.type !== 'TemplateLiteral') return [];
  const open = tag.expressions.find((value) => isOpen(source, unwrap(value)));
  const label = tag.quasis[0]?.value.raw.replace(/:$/, '') ?? '';
  return open ? [labelled(source, placeOf, tag, label, open)] : [];
}

/** `request.${req.url}.ms`: as many metrics as there are addresses. */
function ofName(source: Source, placeOf: PlaceOf, name: TSESTree.TemplateLiteral): Labels {
  const open = name.expressions.find(
    (value) => inName.test(simpleName(unwrap(value))) && isOpen(source, unwrap(value)),
  );
  return open ? [labelled(source, placeOf, name, '', open)] : [];
}

function isOpen(source: Source, value: Node): boolean {
  if (value.type === 'TemplateLiteral') return value.expressions.some((one) => isOpen(source, unwrap(one)));
  if (!isManyValued(value)) return false;
  // What Express calls the base is where a router is mounted.
  return !/route\.path|routePath|routerPath|routeOptions|\breq(?:uest)?\.baseUrl$/.test(
    source.tree.text.slice(...value.range),
  );
}

function isManyValued(value: Node): boolean {
  const name = simpleName(value);
  if (name === 'name') return value.type === 'MemberExpression' && named.test(simpleName(unwrap(value.object)));
  return unbounded.test(name);
}

function labelled(source: Source, placeOf: PlaceOf, at: Node, label: string, value: Node): Labels[number] {
  return { ...placeOf(at), label, value: source.tree.text.slice(...value.range).slice(0, 60) };
}
