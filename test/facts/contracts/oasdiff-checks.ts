/** Where a schema stands, as oasdiff's ids name it. */
export type Place =
  | 'request-body'
  | 'request-property'
  | 'request-parameter'
  | 'response-body'
  | 'response-property'
  | 'response-header';

/** A check of oasdiff's on a schema: `<place>-<name>`, the smallest change of a schema that it is about, and our rule. */
export interface SchemaCheck {
  readonly name: string;
  readonly places: readonly Place[];
  readonly before: string;
  readonly after: string;
  readonly rule: string;
}

const sent: readonly Place[] = ['request-body', 'request-property'];
const asked: readonly Place[] = [...sent, 'request-parameter'];
const got: readonly Place[] = ['response-body', 'response-property'];
const all: readonly Place[] = [...got, 'response-header'];

const narrows = (name: string, before: string, after: string, places = sent): SchemaCheck => ({
  name,
  places,
  before,
  after,
  rule: 'narrowed-request',
});
const widens = (name: string, before: string, after: string, places = got): SchemaCheck => ({
  name,
  places,
  before,
  after,
  rule: 'widened-response',
});
/** A bound that may be set or tightened in requests, and loosened or dropped in responses. */
const bound = (name: string, keyword: string, type: string, tightened: string, loosened: string): SchemaCheck[] => {
  const plain = (rest = '') =>
    type === 'array' ? `{ type: array, items: { type: string }${rest} }` : `{ type: ${type}${rest} }`;
  const of = (value: number) => plain(`, ${keyword}: ${value}`);
  const [tight, loose] = loosened === 'increased' ? [3, 7] : [7, 3];
  const askedToo = !/contains|properties/.test(name);
  return [
    narrows(`${name}-set`, plain(), of(3), askedToo ? asked : sent),
    narrows(`${name}-${tightened}`, of(loose), of(tight), askedToo ? asked : sent),
    widens(`${name}-${loosened}`, of(tight), of(loose)),
    widens(`${name}-unset`, of(3), plain()),
  ];
};
const object = (rest: string) => `{ type: object, properties: { a: { type: string }, b: { type: string } }, ${rest} }`;
const list = (rest: string) => `{ type: array, items: { type: string }, ${rest} }`;
const kept = object('description: words');
/** A keyword with a schema: what is sent meets a demand that is new, what is received loses one that was promised. */
const part = (name: string, holder: (rest: string) => string, text: string): SchemaCheck[] => [
  narrows(`${name}-added`, holder('description: words'), holder(text)),
  widens(`${name}-removed`, holder(text), holder('description: words')),
];

/** The checks that oasdiff grades as errors or warnings and that look at one schema. */
export const schemaChecks: readonly SchemaCheck[] = [
  ...bound('max', 'maximum', 'integer', 'decreased', 'increased'),
  ...bound('min', 'minimum', 'integer', 'increased', 'decreased'),
  ...bound('exclusive-max', 'exclusiveMaximum', 'integer', 'decreased', 'increased'),
  ...bound('exclusive-min', 'exclusiveMinimum', 'integer', 'increased', 'decreased'),
  ...bound('max-length', 'maxLength', 'string', 'decreased', 'increased'),
  ...bound('min-length', 'minLength', 'string', 'increased', 'decreased'),
  ...bound('max-items', 'maxItems', 'array', 'decreased', 'increased'),
  ...bound('min-items', 'minItems', 'array', 'increased', 'decreased'),
  ...bound('max-properties', 'maxProperties', 'object', 'decreased', 'increased'),
  ...bound('min-properties', 'minProperties', 'object', 'increased', 'decreased'),
  ...bound('max-contains', 'maxContains', 'array', 'decreased', 'increased'),
  ...bound('min-contains', 'minContains', 'array', 'increased', 'decreased'),
  narrows('multiple-of-set', '{ type: integer }', '{ type: integer, multipleOf: 5 }'),
  narrows('multiple-of-changed', '{ type: integer, multipleOf: 5 }', '{ type: integer, multipleOf: 7 }'),
  widens('multiple-of-unset', '{ type: integer, multipleOf: 5 }', '{ type: integer }'),
  widens('multiple-of-changed', '{ type: integer, multipleOf: 5 }', '{ type: integer, multipleOf: 7 }'),
  narrows('unique-items-set', list('description: words'), list('uniqueItems: true')),
  widens('unique-items-unset', list('uniqueItems: true'), list('description: words')),
  narrows('pattern-added', '{ type: string }', '{ type: string, pattern: "^a" }', [
    'request-property',
    'request-parameter',
  ]),
  narrows('pattern-changed', '{ type: string, pattern: "^a" }', '{ type: string, pattern: "^b" }', [
    'request-property',
    'request-parameter',
  ]),
  narrows('type-changed', '{ type: string }', '{ type: integer }', asked),
  widens('type-changed', '{ type: string }', '{ type: integer }', all),
  widens('type-generalized', '{ type: integer }', '{ type: number }', all),
  narrows('list-of-types-narrowed', '{ type: [string, integer] }', '{ type: [string] }', asked),
  widens('list-of-types-widened', '{ type: [string] }', '{ type: [string, integer] }'),
  narrows('became-not-nullable', '{ type: [string, "null"] }', '{ type: string }', asked),
  widens('became-nullable', '{ type: string }', '{ type: [string, "null"] }', all),
  narrows('became-enum', '{ type: string }', '{ type: string, enum: [a, b] }', asked),
  narrows('enum-value-removed', '{ type: string, enum: [a, b] }', '{ type: string, enum: [a] }', asked),
  narrows(
    'x-extensible-enum-value-removed',
    '{ type: string, x-extensible-enum: [a, b] }',
    '{ type: string, x-extensible-enum: [a] }',
    ['request-property', 'request-parameter'],
  ),
  widens('enum-value-added', '{ type: string, enum: [a] }', '{ type: string, enum: [a, b] }', ['response-property']),
  narrows('const-added', '{ type: string }', '{ type: string, const: a }'),
  narrows('const-changed', '{ type: string, const: a }', '{ type: string, const: b }'),
  widens('const-removed', '{ type: string, const: a }', '{ type: string }'),
  widens('const-changed', '{ type: string, const: a }', '{ type: string, const: b }'),
  narrows(
    'all-of-added',
    '{ allOf: [{ type: object }] }',
    '{ allOf: [{ type: object }, { type: object, maxProperties: 3 }] }',
  ),
  widens(
    'all-of-removed',
    '{ allOf: [{ type: object }, { type: object, maxProperties: 3 }] }',
    '{ allOf: [{ type: object }] }',
  ),
  narrows('any-of-removed', '{ anyOf: [{ type: string }, { type: integer }] }', '{ anyOf: [{ type: string }] }'),
  widens('any-of-added', '{ anyOf: [{ type: string }] }', '{ anyOf: [{ type: string }, { type: integer }] }'),
  narrows('one-of-removed', '{ oneOf: [{ type: string }, { type: integer }] }', '{ oneOf: [{ type: string }] }'),
  widens('one-of-added', '{ oneOf: [{ type: string }] }', '{ oneOf: [{ type: string }, { type: integer }] }'),
  ...part('if', object, 'if: { required: [a] }'),
  ...part('then', object, 'then: { required: [b] }'),
  ...part('else', object, 'else: { required: [b] }'),
  ...part('contains', list, 'contains: { const: a }'),
  ...part('dependent-required', object, 'dependentRequired: { a: [b] }'),
  narrows(
    'dependent-required-changed',
    object('dependentRequired: { a: [c] }'),
    object('dependentRequired: { a: [b, c] }'),
  ),
  widens(
    'dependent-required-changed',
    object('dependentRequired: { a: [b, c] }'),
    object('dependentRequired: { a: [c] }'),
  ),
  ...part('dependent-schema', object, 'dependentSchemas: { a: { required: [b] } }'),
  ...part('pattern-property', object, 'patternProperties: { "^x-": { type: string } }'),
  ...part('property-names', object, 'propertyNames: { maxLength: 3 }'),
  ...part('unevaluated-items', list, 'unevaluatedItems: false'),
  ...part('unevaluated-properties', object, 'unevaluatedProperties: false'),
  ...part('content-schema', (rest) => `{ type: string, ${rest} }`, 'contentSchema: { type: object }'),
  narrows(
    'content-media-type-changed',
    '{ type: string, contentMediaType: a/b }',
    '{ type: string, contentMediaType: a/c }',
  ),
  widens(
    'content-media-type-changed',
    '{ type: string, contentMediaType: a/b }',
    '{ type: string, contentMediaType: a/c }',
  ),
  narrows(
    'content-encoding-changed',
    '{ type: string, contentEncoding: base64 }',
    '{ type: string, contentEncoding: base32 }',
  ),
  widens(
    'content-encoding-changed',
    '{ type: string, contentEncoding: base64 }',
    '{ type: string, contentEncoding: base32 }',
  ),
  narrows(
    'prefix-items-removed',
    '{ type: array, prefixItems: [{ type: string }, { type: integer }], items: false }',
    '{ type: array, prefixItems: [{ type: string }], items: false }',
  ),
  widens(
    'prefix-items-added',
    '{ type: array, prefixItems: [{ type: string }] }',
    '{ type: array, prefixItems: [{ type: string }, { type: integer }] }',
  ),
  narrows(
    'wrapped-in-one-of',
    kept,
    `{ oneOf: [{ type: object, required: [c], properties: { c: { type: string } } }, { type: object, required: [d], properties: { d: { type: string } } }] }`,
    ['request-body'],
  ),
  widens(
    'wrapped-in-one-of',
    kept,
    `{ oneOf: [{ type: object, required: [c], properties: { c: { type: string } } }, { type: object, required: [d], properties: { d: { type: string } } }] }`,
    ['response-body'],
  ),
  {
    name: 'removed',
    places: ['request-property'],
    before: object('required: [a]'),
    after: '{ type: object, properties: { a: { type: string } }, required: [a] }',
    rule: 'removed-request-input',
  },
  {
    name: 'became-required',
    places: ['request-property'],
    before: object('required: [a]'),
    after: object('required: [a, b]'),
    rule: 'required-request-input',
  },
  {
    name: 'became-optional',
    places: ['response-property'],
    before: object('required: [a, b]'),
    after: object('required: [a]'),
    rule: 'removed-response-data',
  },
];
