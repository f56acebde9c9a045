import { hasSpread, propertyOf, unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { within } from '../within.ts';
import { type CallSite, fromRequest, notConstant, type Sink } from './sink.ts';
import { sizeSinks } from './size-sinks.ts';
import { xmlSinks } from './xml-sinks.ts';

const engines =
  /^(?:ejs|pug|jade|handlebars|hbs|nunjucks|mustache|dot|doT|eta|swig|liquidjs|underscore|lodash|marko|haml|twig|art-template|lodash\.template|consolidate)\b/;
const engineNames =
  /^(?:ejs|pug|jade|Handlebars|handlebars|nunjucks|Mustache|mustache|doT|dot|Eta|eta|swig|_|lodash|ejsLint|liquid|engine)$/;
const compilers =
  /^(?:render|compile|renderString|renderText|template|precompile|parseAndRender|parse|to_html|compileClient|Template)$/;

/** Places that interpret text: templates, patterns, serialised objects, XML, markup, and sizes. */
export function textSinks(source: Source, call: CallSite): readonly Sink[] {
  const [first] = call.args;
  if (!first || first.type === 'SpreadElement') return [];
  return [
    ...templateSinks(source, call, first),
    ...patternSinks(source, call, first),
    ...deserialiseSinks(source, call, first),
    ...xmlSinks(source, call, first),
    ...sizeSinks(source, call, first),
  ];
}

function templateSinks(source: Source, call: CallSite, first: Node): readonly Sink[] {
  const { name, origin, receiver, args } = call;
  const sink = { kind: 'template' as const, label: call.label, at: call.node };
  const engine = engines.test(origin.replace(/^new /, '')) || (call.free && engineNames.test(receiver));
  // `const template = Handlebars.compile(text); template({ … })` is given values.
  if (
    compilers.test(name) &&
    engine &&
    !origin.endsWith('()') &&
    !(/^(?:_|lodash)$/.test(receiver) && name !== 'template')
  )
    return [
      {
        ...sink,
        target: first,
        accepts: (value) => (value.trust === 'request' || value.trust === 'free') && !value.validated,
      },
    ];
  // A service of the project that loads a template by its name: the name is part of a path.
  if (/^(?:compile|render|load)(?:Template|View|Email|Mail|Page)$/.test(name) && call.object)
    return [{ ...sink, target: first, accepts: (value) => fromRequest(value) && !value.validated && !value.whole }];
  if (name === 'render' && /^(?:res|response|reply|ctx)$/i.test(receiver)) {
    const [, locals] = args;
    const view = { ...sink, target: first, accepts: fromRequest };
    return locals
      ? [
          view,
          {
            ...sink,
            target: locals,
            accepts: (value) =>
              fromRequest(value) && !value.validated && (value.whole || (!value.built && isPart(source, locals))),
          },
        ]
      : [view];
  }
  return [];
}

/** `req.body.profile`, or a name for it: an object of the client's, and not one that is made, or filled, here. */
function isPart(source: Source, node: Node): boolean {
  const plain = unwrap(node);
  const binding = plain.type === 'Identifier' ? source.tree.bindingOf(plain) : undefined;
  const declared = binding?.node;
  if (binding && source.tree.referencesOf(binding).some(isFilled)) return false;
  const made = declared?.type === 'VariableDeclarator' && declared.init ? unwrap(declared.init) : plain;
  return made.type === 'MemberExpression';
}

/** `room.title = …` */
function isFilled({ parent }: Node): boolean {
  return (
    parent?.type === 'MemberExpression' &&
    parent.parent.type === 'AssignmentExpression' &&
    parent.parent.left === parent
  );
}

function patternSinks(source: Source, call: CallSite, first: Node): readonly Sink[] {
  if (call.origin === 'RegExp')
    return [{ kind: 'regex', label: 'RegExp', at: call.node, target: first, accepts: fromRequest }];
  if (/^(?:xpath|xpath\.useNamespaces\(\)|xmldom-xpath)(?:\.(?:parse|select|select1|evaluate))?$/.test(call.origin))
    return [{ kind: 'xml', label: call.label, at: call.node, target: first, accepts: fromRequest }];
  if (!/^(?:find|findOne|countDocuments|aggregate|deleteMany|updateMany)$/.test(call.name)) return [];
  const patterns = within(source.tree, 'Property', first).filter(
    ({ key }) => key.type === 'Identifier' && key.name === '$regex',
  );
  return patterns.map(({ value }) => ({
    kind: 'regex',
    label: '$regex',
    at: call.node,
    target: value,
    accepts: fromRequest,
  }));
}

function deserialiseSinks(source: Source, call: CallSite, first: Node): readonly Sink[] {
  const { name, origin, receiver } = call;
  const sink = { kind: 'deserialise' as const, label: call.label, at: call.node, target: first };
  if (
    /^(?:node-serialize|serialize-to-js|funcster|cryo)\b/.test(origin) &&
    /^(?:unserialize|deserialize|deepDeserialize|parse)$/.test(name)
  )
    return [{ ...sink, accepts: notConstant }];
  if (origin === 'v8.deserialize') return [{ ...sink, accepts: fromRequest }];
  if (/^js-yaml\.(?:load|loadAll)$/.test(origin)) return yamlSinks(source, call, sink);
  if (call.free && /^(?:un|de)serialize$/.test(name) && (receiver === '' || /serialize/i.test(receiver)))
    return [{ ...sink, accepts: fromRequest }];
  return [];
}

/** js-yaml before 4 builds functions from a document unless a safe schema is given. */
function yamlSinks(source: Source, call: CallSite, sink: Omit<Sink, 'accepts'>): readonly Sink[] {
  const [, options] = call.args;
  // Schemas that make functions and patterns, which js-yaml 4 has in a package apart.
  if (options && /FULL_SCHEMA|\bunsafe\b/i.test(source.tree.text.slice(...options.range)))
    return [{ ...sink, accepts: fromRequest }];
  const range = source.packages.all['js-yaml'];
  if (range !== undefined && !/^[\^~=v]*[0-3]\./.test(range)) return [];
  const given = options ? unwrap(options) : undefined;
  if (given && (propertyOf(given, 'schema') || hasSpread(given) || given.type !== 'ObjectExpression')) return [];
  return [{ ...sink, accepts: (value) => value.trust === 'request' || value.trust === 'parameter' }];
}
