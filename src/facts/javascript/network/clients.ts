import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Source } from '../source.ts';

/** A library's call over the network: where its options stand and what ends its wait. */
export interface KnownCall {
  readonly client: string;
  /** Position of the options; `chain`: told by later calls on the request; `node`: an object wherever it stands. */
  readonly options: number | 'chain' | 'node';
  /** Property that ends the wait, as it is written. */
  readonly remedy: string;
  /** Seconds after which the library gives up by itself, where it does. */
  readonly waits?: number;
  /** Goes through an instance that was made with settings of its own. */
  readonly instance?: true;
}

export const signal = 'signal: AbortSignal.timeout(10_000)';
const timeout = 'timeout: 10_000';

/** Position of the options by axios' methods: a body comes before them in the mutating ones. */
const axiosOptions: Readonly<Record<string, number>> = {
  get: 1,
  delete: 1,
  head: 1,
  options: 1,
  post: 2,
  put: 2,
  patch: 2,
  postForm: 2,
  putForm: 2,
  patchForm: 2,
  request: 0,
};

const methods = '(?:get|post|put|patch|delete|del|head|options|request|stream)';
/**
 * Calls by where the callee comes from. undici gives up after 300 s of silence before the headers and within the body, ky
 * after 10 s, Node's `http` and the others never (their documentation, `timeout`).
 */
const calls: readonly (readonly [RegExp, Omit<KnownCall, 'client'> & { readonly client: string }])[] = [
  [/^(?:fetch|node-fetch|cross-fetch|undici\.fetch)$/, { client: 'fetch', options: 1, remedy: signal }],
  [/^(?:ofetch(?:\.(?:\$fetch|ofetch)(?:\.raw)?)?)$/, { client: 'ofetch', options: 1, remedy: timeout }],
  [/^undici\.(?:request|stream)$/, { client: 'undici', options: 1, remedy: signal, waits: 300 }],
  [
    new RegExp(`^got(?:\\.got)?(?:\\.${methods})?$`),
    { client: 'got', options: 1, remedy: 'timeout: { request: 10_000 }' },
  ],
  [new RegExp(`^ky(?:\\.${methods})?$`), { client: 'ky', options: 1, remedy: timeout }],
  [/^https?\.(?:get|request)$/, { client: 'http', options: 'node', remedy: signal }],
  [
    /^superagent\.(?:get|post|put|patch|del|delete|head)$/,
    { client: 'superagent', options: 'chain', remedy: '10_000' },
  ],
  // Its `open_timeout` ends after ten seconds, what follows never.
  [/^needle\.(?:get|head)$/, { client: 'needle', options: 1, remedy: 'response_timeout: 10_000' }],
  [/^needle(?:\.(?:post|put|patch|delete))?$/, { client: 'needle', options: 2, remedy: 'response_timeout: 10_000' }],
  [
    new RegExp(`^(?:request|request-promise|request-promise-native|postman-request)(?:\\.${methods})?$`),
    { client: 'request', options: 'node', remedy: timeout },
  ],
];

const instances = new RegExp(
  `^(?:axios\\.create|got(?:\\.got)?\\.extend|ky\\.(?:create|extend)|request\\.defaults)\\(\\)(?:\\.(${methods}))?$`,
);

/** What a call does over the network; undefined where it is no library's, or one that ends its waits by itself. */
export function clientOf(source: Source, { callee }: TSESTree.CallExpression): KnownCall | undefined {
  const { text, from } = source.originOf(callee);
  if (from === 'global') {
    // A name that nothing declares, as in a fragment, is the library's that everybody calls so.
    if (text !== 'fetch' && !/^(?:axios|got|superagent)\b/.test(text)) return undefined;
  } else if (from !== 'import') return undefined;
  const instance = instances.exec(text);
  if (instance) {
    const client = text.slice(0, text.search(/\W/));
    const options = client === 'axios' ? (axiosOptions[instance[1] ?? 'request'] ?? 1) : 1;
    return { client, options, remedy: timeout, instance: true };
  }
  const axios = /^axios(?:\.(\w+))?$/.exec(text);
  if (axios) {
    const options = axios[1] === undefined ? 1 : axiosOptions[axios[1]];
    return options === undefined ? undefined : { client: 'axios', options, remedy: timeout };
  }
  return calls.find(([shape]) => shape.test(text))?.[1];
}

/** The options' position in a call of an axios-like instance, by its method; undefined for what is no request. */
export function optionsOfMethod(method: string | undefined): number | undefined {
  return method === undefined ? 1 : axiosOptions[method];
}
