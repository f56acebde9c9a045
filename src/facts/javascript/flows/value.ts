/** What a value can do to a sink; also names the sinks' families. */
export type FlowKind =
  | 'sql'
  /** A place in SQL where a name itself is the risk: a schema in the search path, a file to copy from. */
  | 'identifier'
  | 'nosql'
  | 'command'
  | 'code'
  | 'path'
  | 'template'
  | 'url'
  | 'redirect'
  | 'header'
  /** The site whose scripts may read the answer, with the visitor's cookies. */
  | 'origin'
  | 'regex'
  | 'object'
  | 'deserialise'
  | 'xml'
  | 'html'
  | 'write'
  | 'size'
  /** How many rows a query is asked for. */
  | 'rows'
  | 'graphql'
  /** A token that is read without its signature. */
  | 'token'
  /** Whatever has a length, walked as a list. */
  | 'list'
  /** A value of which a schema lists every mistake. */
  | 'errors'
  /** A filter or a name of a directory (LDAP). */
  | 'ldap'
  /** A mail, of which only the host of its links is asked: that part of a request alone counts. */
  | 'link'
  /** A method of strings called on input that need not be a string. */
  | 'type'
  /** A field of the request that is stored, or looked up by, as it came. */
  | 'input'
  /** A whole body of a request, given to a logger. */
  | 'log';

/**
 * Least trusted last. `safe`: not constant, but of a form that cannot harm the sink (a number, an escaped or listed value).
 * `unknown`: made by code that is not in sight. `free`: a name that nothing in the file declares, as in a fragment.
 */
export type Trust = 'constant' | 'safe' | 'unknown' | 'free' | 'parameter' | 'request';
const ranks: Record<Trust, number> = { constant: 0, safe: 1, unknown: 2, free: 3, parameter: 4, request: 5 };

/** What is known of an expression's value, for one kind of sink. */
export interface Value {
  readonly trust: Trust;
  /** A string put together from parts of which at least one is not constant. */
  readonly built: boolean;
  /** Text of the least trusted source: `req.query.id`, `name`. */
  readonly source: string;
  /** A whole request object (`req.body`) rather than one field of it. */
  readonly whole: boolean;
  /** Lines on the way from source to sink. */
  readonly steps: readonly number[];
  /** Trust of the first part that is not constant: it decides a URL's host. */
  readonly head: Trust;
  /** Constant text at the very start of the value, as far as it is known. */
  readonly start: string;
  /** Checked against a schema on the way: its shape is known, its text is still the client's. */
  readonly validated: boolean;
  /** Checked by what is not in sight: whether its text is still the client's, nobody can say. */
  readonly unseen?: boolean;
  /** Part of a path or a header, which is text and nothing else. */
  readonly textual?: boolean;
  /** A path that begins at the root and climbs nowhere: harmless behind another path. */
  readonly rooted?: boolean;
  /** Brought in by an argument of the call that was asked about, not found inside the called function. */
  readonly passed?: boolean;
}

const plain = { built: false, source: '', whole: false, steps: [], start: '', validated: false } as const;
export const constant: Value = { ...plain, trust: 'constant', head: 'constant' };
export const safe: Value = { ...plain, trust: 'safe', head: 'safe' };

/** Whether a number itself is the risk, so that making it one is no protection. */
export function isAmount(kind: FlowKind): boolean {
  return kind === 'size' || kind === 'rows';
}

/** A value that begins here. */
export function from(trust: Trust, source: string, line: number, whole = false): Value {
  return { ...plain, trust, head: trust, source, whole, steps: [line] };
}

/** Lines that a finding may stand on; more are no longer read. */
const maxLines = 40;

/** Of several values that may meet here, the least trusted, with the ways of all that come from a request; built if any of them is. */
export function worst(values: readonly Value[]): Value {
  let found = constant;
  let built = false;
  let start = '';
  for (const value of values) {
    if (ranks[value.trust] > ranks[found.trust]) found = value;
    else if (value.trust === 'request' && found.trust === 'request' && found.steps.length < maxLines)
      found = { ...found, steps: [...found.steps, ...value.steps] };
    built ||= value.built;
    start ||= value.start;
  }
  return { ...found, built, start: found.start || start };
}
