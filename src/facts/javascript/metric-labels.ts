import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Observability } from '../code.ts';
import { propertyName, simpleName, unwrap } from './nodes.ts';
import type { Node } from './parse.ts';
import type { PlaceOf } from './setting.ts';
import type { Source } from './source.ts';

type Labels = Observability['labels'];

/** Names of what a client or a table decides: each new value is a new time series. */
const unbounded =
  /(?:^|_)(?:id|uuid|email|ip|url|path|token|session|query|name|user|message|error)$|(?:Id|Email|Url|Path|Ip|Token|User|Message)$/;
const metrics = /^(?:new )?(?:prom-client|@opentelemetry\/api|hot-shots|dd-trace|node-statsd)\b/;
const methods =
  /^(?:inc|dec|observe|set|labels|startTimer|add|record|increment|decrement|gauge|timing|histogram|distribution)$/;

/** States labels of metrics whose values have no bound: as an object, by position, as tags, and at the end of a timer. */
export function metricLabels(source: Source, placeOf: PlaceOf): Labels {
  return source.tree.of('CallExpression').flatMap((call) => {
    const { callee } = call;
    const { text } = source.originOf(callee);
    if (!metrics.test(text)) return [];
    // `const end = histogram.startTimer(); end({ path })`.
    const ends = callee.type === 'Identifier' && text.endsWith('.startTimer()');
    const name = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
    if (!ends && !methods.test(name)) return [];
    return call.arguments.flatMap((argument): Labels => {
      const node = unwrap(argument);
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

function isOpen(source: Source, value: Node): boolean {
  if (!unbounded.test(simpleName(value))) return false;
  // What Express calls the base is where a router is mounted.
  return !/route\.path|routePath|routerPath|routeOptions|\breq(?:uest)?\.baseUrl$/.test(
    source.tree.text.slice(...value.range),
  );
}

function labelled(source: Source, placeOf: PlaceOf, at: Node, label: string, value: Node): Labels[number] {
  return { ...placeOf(at), label, value: source.tree.text.slice(...value.range).slice(0, 60) };
}
