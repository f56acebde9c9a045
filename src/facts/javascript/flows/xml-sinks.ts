import { unwrap } from '../nodes.ts';
import type { Node } from '../parse.ts';
import type { Source } from '../source.ts';
import { type CallSite, fromOutside, fromRequest, notConstant, type Sink } from './sink.ts';

const expanding =
  /^(?:noent|resolveExternals|expandEntities|resolveEntities|processExternalEntities|loadExternalDtd|externalEntities)$/;

/** Places that parse XML with entities that lead out of the document. */
export function xmlSinks(source: Source, call: CallSite, first: Node): readonly Sink[] {
  const { name, origin, args } = call;
  const sink = { kind: 'xml' as const, label: call.label, at: call.node, target: first };
  const parses =
    /^(?:parse|parseXml|parseXmlString|parseXmlAsync|parseString|parseStringPromise|parseFromString|toJson|xml2js|parseHtml\w*)$/.test(
      name,
    );
  if (!parses) return [];
  const options = args
    .slice(1)
    .map(unwrap)
    .find((arg) => arg.type === 'ObjectExpression');
  const expands =
    options?.type === 'ObjectExpression' &&
    options.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        expanding.test(property.key.name) &&
        property.value.type === 'Literal' &&
        property.value.value === true,
    );
  // Entities switched on: whatever the text is, it is not a constant.
  if (expands) return [{ ...sink, accepts: notConstant }];
  if (/^libxmljs2?\b/.test(origin) && !options) return [{ ...sink, accepts: fromOutside }];
  // The others follow no entity out of the document: worth a word only where no package.json says which parser it is.
  if (source.packages.known) return [];
  if (
    /^(?:xml2json|xml2js|@xmldom\/xmldom|xmldom|node-expat|sax)\b|^new (?:@xmldom\/xmldom|xmldom|xml2js)\b/.test(origin)
  )
    return [{ ...sink, accepts: fromRequest }];
  if (/^new fast-xml-parser\b/.test(origin)) return call.object ? [{ ...sink, accepts: fromRequest }] : [];
  return [];
}
