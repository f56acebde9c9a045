/** A check of oasdiff's that looks at more than one schema: its id, the smallest change of a document, and our rule. */
export interface OperationCheck {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly rule: string;
}

const head = 'openapi: 3.2.0\ninfo: { title: Parts, version: 1.0.0 }\n';
const done = "responses: { '204': { description: Done } }";
const paths = (...lines: string[]) => `${head}paths:\n${lines.map((line) => `  ${line}\n`).join('')}`;
/** One operation, its parts each on a line. */
const post = (...parts: string[]) => paths('/a:', '  post:', ...parts.map((part) => `    ${part}`));
const other = ['/b:', '  get:', `    ${done}`];
const past = 'x-sunset: "2020-01-01"';
const far = 'x-sunset: "9999-01-01"';
const nearer = 'x-sunset: "9998-01-01"';
const bad = 'x-sunset: soon';
const q = (rest = 'schema: { type: string }') => `parameters: [{ name: q, in: query, ${rest} }]`;
const header = (schema: string) => `parameters: [{ name: h, in: header, schema: ${schema} }]`;
const object = (rest: string) => `{ type: object, properties: { a: { type: string }, b: { type: string } }${rest} }`;
const body = (rest: string) => `requestBody: { ${rest} }`;
const json = (schema: string) => `content: { application/json: ${schema} }`;
const plainBody = json('{ schema: { type: object } }');
const answer = (rest: string) => `responses: { '200': { description: Done, ${rest} } }`;
const given = (schema: string) => answer(json(`{ schema: ${schema} }`));
const field = (rest: string) => `{ type: object, properties: { a: { type: string, ${rest} } } }`;
const scheme =
  'components: { securitySchemes: { k: { type: http, scheme: basic }, o: { type: oauth2, flows: { implicit: { authorizationUrl: "https://a", scopes: { r: read, w: write } } } } } }\n';
const secured = (security: string) => `${post(`security: ${security}`, done)}${scheme}`;
const allSecured = (security: string) => `${post(done)}security: ${security}\n${scheme}`;
const hook = `webhooks:\n  made:\n    post:\n      ${done}\n`;

const removed = 'removed-operation';
const sunset = 'sunset-without-notice';
const required = 'required-request-input';
const gone = 'removed-request-input';
const lost = 'removed-response-data';
const narrowed = 'narrowed-request';
const widened = 'widened-response';
const security = 'changed-security';

const check = (id: string, before: string, after: string, rule: string): OperationCheck => ({
  id,
  before,
  after,
  rule,
});

/** The checks that oasdiff grades as errors or warnings, but for those of one schema. */
export const operationChecks: readonly OperationCheck[] = [
  check(
    'api-path-removed-without-deprecation',
    paths('/a:', '  get:', `    ${done}`, ...other),
    paths(...other),
    removed,
  ),
  check(
    'api-path-removed-before-sunset',
    paths('/a:', '  get:', '    deprecated: true', `    ${far}`, `    ${done}`, ...other),
    paths(...other),
    removed,
  ),
  check(
    'api-path-sunset-parse',
    paths('/a:', '  get:', '    deprecated: true', `    ${bad}`, `    ${done}`, ...other),
    paths(...other),
    removed,
  ),
  check(
    'api-removed-without-deprecation',
    paths('/b:', '  get:', `    ${done}`, '  put:', `    ${done}`),
    paths(...other),
    removed,
  ),
  check(
    'api-removed-before-sunset',
    paths('/b:', '  get:', `    ${done}`, '  put:', '    deprecated: true', `    ${far}`, `    ${done}`),
    paths(...other),
    removed,
  ),
  check('webhook-removed', `${post(done)}${hook}`, post(done), removed),
  check(
    'new-request-path-parameter',
    paths('/a:', '  get:', `    ${done}`),
    paths(
      '/a/{id}:',
      '  get:',
      '    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]',
      `    ${done}`,
    ),
    removed,
  ),
  check('api-deprecated-sunset-parse', post(done), post('deprecated: true', bad, done), sunset),
  check('api-sunset-date-too-small', post(done), post('deprecated: true', past, done), sunset),
  check(
    'api-sunset-date-changed-too-small',
    post('deprecated: true', far, done),
    post('deprecated: true', nearer, done),
    sunset,
  ),
  check(
    'api-stability-decreased',
    post('x-stability-level: stable', done),
    post('x-stability-level: beta', done),
    sunset,
  ),
  check(
    'request-parameter-sunset-parse',
    post(q(), done),
    post(q(`deprecated: true, ${bad}, schema: { type: string }`), done),
    sunset,
  ),
  check(
    'request-parameter-sunset-date-too-small',
    post(q(), done),
    post(q(`deprecated: true, ${past}, schema: { type: string }`), done),
    sunset,
  ),
  check(
    'request-parameter-sunset-date-changed-too-small',
    post(q(`deprecated: true, ${far}, schema: { type: string }`), done),
    post(q(`deprecated: true, ${nearer}, schema: { type: string }`), done),
    sunset,
  ),
  check(
    'request-property-deprecated-invalid',
    post(body(json(`{ schema: ${field('description: a')} }`)), done),
    post(body(json(`{ schema: ${field(`deprecated: true, ${bad}`)} }`)), done),
    sunset,
  ),
  check(
    'request-property-sunset-date-too-small',
    post(body(json(`{ schema: ${field('description: a')} }`)), done),
    post(body(json(`{ schema: ${field(`deprecated: true, ${past}`)} }`)), done),
    sunset,
  ),
  check(
    'request-property-stability-decreased',
    post(body(json(`{ schema: ${field('x-stability-level: stable')} }`)), done),
    post(body(json(`{ schema: ${field('x-stability-level: beta')} }`)), done),
    sunset,
  ),
  check(
    'response-property-deprecated-invalid',
    post(given(field('description: a'))),
    post(given(field(`deprecated: true, ${bad}`))),
    sunset,
  ),
  check(
    'response-property-sunset-date-too-small',
    post(given(field('description: a'))),
    post(given(field(`deprecated: true, ${past}`))),
    sunset,
  ),
  check(
    'response-property-stability-decreased',
    post(given(field('x-stability-level: stable'))),
    post(given(field('x-stability-level: beta'))),
    sunset,
  ),
  check('api-security-removed', secured('[{ k: [] }, { o: [r] }]'), secured('[{ o: [r] }]'), security),
  check('api-security-scope-added', secured('[{ o: [r] }]'), secured('[{ o: [r, w] }]'), security),
  check('api-global-security-removed', allSecured('[{ k: [] }, { o: [r] }]'), allSecured('[{ o: [r] }]'), security),
  check('api-global-security-scope-added', allSecured('[{ o: [r] }]'), allSecured('[{ o: [r, w] }]'), security),
  check('request-body-added-required', post(done), post(body(`required: true, ${plainBody}`), done), required),
  check(
    'request-body-became-required',
    post(body(plainBody), done),
    post(body(`required: true, ${plainBody}`), done),
    required,
  ),
  check(
    'new-required-request-parameter',
    post(done),
    post(q('required: true, schema: { type: string }'), done),
    required,
  ),
  check(
    'new-required-request-default-parameter-to-existing-path',
    paths('/a:', '  get:', `    ${done}`),
    paths('/a:', `  ${q('required: true, schema: { type: string }')}`, '  get:', `    ${done}`),
    required,
  ),
  check(
    'request-parameter-became-required',
    post(q(), done),
    post(q('required: true, schema: { type: string }'), done),
    required,
  ),
  check(
    'new-required-request-header-property',
    post(header('{ type: object, properties: { a: { type: string } } }'), done),
    post(header(object(', required: [b]')), done),
    required,
  ),
  check(
    'request-header-property-became-required',
    post(header(object('')), done),
    post(header(object(', required: [b]')), done),
    required,
  ),
  check(
    'new-required-request-property',
    post(body(json('{ schema: { type: object } }')), done),
    post(body(json(`{ schema: ${object(', required: [a]')} }`)), done),
    required,
  ),
  check(
    'request-header-property-became-enum',
    post(header(field('description: a')), done),
    post(header(field('enum: [x]')), done),
    narrowed,
  ),
  check(
    'request-parameter-property-became-not-nullable',
    post(q(`schema: ${field('nullable: true')}`), done),
    post(q(`schema: ${field('description: a')}`), done),
    narrowed,
  ),
  check(
    'request-parameter-property-enum-value-removed',
    post(q(`schema: ${field('enum: [x, y]')}`), done),
    post(q(`schema: ${field('enum: [x]')}`), done),
    narrowed,
  ),
  check(
    'request-parameter-property-type-changed',
    post(q(`schema: { type: object, properties: { a: { type: string } } }`), done),
    post(q(`schema: { type: object, properties: { a: { type: boolean } } }`), done),
    narrowed,
  ),
  check(
    'request-parameter-property-type-specialized',
    post(q(`schema: { type: object, properties: { a: { type: number } } }`), done),
    post(q(`schema: { type: object, properties: { a: { type: integer } } }`), done),
    narrowed,
  ),
  check(
    'request-parameter-property-list-of-types-narrowed',
    post(q(`schema: { type: object, properties: { a: { type: [number, string] } } }`), done),
    post(q(`schema: { type: object, properties: { a: { type: [number] } } }`), done),
    narrowed,
  ),
  check(
    'request-body-media-type-schema-added',
    post(body(json('{ description: a }')), done),
    post(body(json('{ schema: { type: object } }')), done),
    narrowed,
  ),
  check(
    'request-body-media-type-item-schema-added',
    post(body(json('{ description: a }')), done),
    post(body(json('{ itemSchema: { type: object } }')), done),
    narrowed,
  ),
  check('request-body-removed', post(body(plainBody), done), post(done), gone),
  check(
    'request-body-media-type-removed',
    post(
      body('content: { application/json: { schema: { type: object } }, text/csv: { schema: { type: string } } }'),
      done,
    ),
    post(body(plainBody), done),
    gone,
  ),
  check('request-parameter-removed', post(q(), done), post(done), gone),
  check(
    'request-parameter-removed-before-sunset',
    post(q(`deprecated: true, ${far}, schema: { type: string }`), done),
    post(done),
    gone,
  ),
  check(
    'response-success-status-removed',
    post("responses: { '200': { description: Done }, '201': { description: Made } }"),
    post("responses: { '200': { description: Done } }"),
    lost,
  ),
  check(
    'response-media-type-removed',
    post(answer('content: { application/json: { schema: { type: object } }, text/csv: { schema: { type: string } } }')),
    post(answer(plainBody)),
    lost,
  ),
  check(
    'response-required-property-removed',
    post(given(object(', required: [a]'))),
    post(given('{ type: object, properties: { b: { type: string } } }')),
    lost,
  ),
  check(
    'response-header-became-optional',
    post(answer('headers: { X-A: { required: true, schema: { type: string } } }')),
    post(answer('headers: { X-A: { schema: { type: string } } }')),
    lost,
  ),
  check(
    'required-response-header-removed',
    post(answer('headers: { X-A: { required: true, schema: { type: string } } }')),
    post(answer('headers: {}')),
    lost,
  ),
  check(
    'optional-response-header-removed',
    post(answer('headers: { X-A: { schema: { type: string } } }')),
    post(answer('headers: {}')),
    lost,
  ),
  check(
    'response-body-media-type-schema-removed',
    post(given('{ type: object }')),
    post(answer(json('{ description: a }'))),
    widened,
  ),
  check(
    'response-body-media-type-item-schema-removed',
    post(answer(json('{ itemSchema: { type: object } }'))),
    post(answer(json('{ description: a }'))),
    widened,
  ),
];

/** Checks of oasdiff's that nothing here stands for, and why. */
export const uncovered: Readonly<Record<string, string>> = {
  'api-deprecated-sunset-missing': 'asks for a policy of dates, which a team sets for itself',
  'request-parameter-deprecated-sunset-missing': 'as above',
  'request-property-deprecated-sunset-missing': 'as above',
  'response-property-deprecated-sunset-missing': 'as above',
  'api-invalid-stability-level': 'an unknown level is not judged',
  'sunset-deleted': 'a withdrawn removal is good news to callers',
  'request-parameter-sunset-deleted': 'as above',
  'response-property-pattern-removed': 'a note: clients seldom check what they are sent against a pattern',
  'response-property-pattern-changed': 'as above',
  'response-media-type-name-generalized': 'a range that covers what was promised is taken as the promise',
  'response-required-property-became-non-write-only': 'a client gets a field more than before',
  'new-required-request-property-with-default': 'a note: the default stands in for what is not sent',
  'request-property-became-required-with-default': 'as above',
};
