import { type FlowKind, isAmount } from './value.ts';

const numeric =
  /^(?:Number|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat|BigInt|Boolean|Math\.\w+|isNaN|Date\.now|Date\.parse)$/;
/** Names of functions that make text harmless for one place; a project's own go by the same names. */
const byName: Partial<Record<FlowKind, RegExp>> = {
  sql: /(?:^|\.)(?:escape\w*|quote\w*|identifier|ident|literal|format|pgFormat|sanitize\w*|toSqlString|uuid\w*|randomUUID|placeholders?)$/i,
  nosql:
    /(?:^|\.)(?:String|toString|sanitize\w*|sani|ObjectId|ObjectID|escape\w*|toHexString|createFromHexString|createHash|hash\w*)$/i,
  command:
    /(?:^|\.)(?:quote\w*|shellEscape|shellQuote|shellescape|escape(?:Shell|Arg|Cmd)\w*|shell_?quote|randomUUID|uuid\w*)$/i,
  code: /(?:^|\.)(?:sanitize\w*|escape\w*)$/i,
  path: /(?:^|\.)(?:basename|extname|sanitize\w*|sanitise\w*|safeJoin|secureJoin|resolveSafe\w*|safePath|randomUUID|uuid\w*|nanoid|slugify|kebabCase|fileURLToPath|createHash|hash\w*|digest)$/i,
  url: /(?:^|\.)(?:encodeURIComponent|encodeURI|sanitize\w*|validate\w*|safe\w*|assert\w*|escape)$/i,
  redirect:
    /(?:^|\.)(?:encodeURIComponent|sanitize\w*|safe\w*|validate\w*|getSafe\w*|resolve\w{0,40}Redirect\w{0,40})$/i,
  header: /(?:^|\.)(?:encodeURIComponent|encodeURI|sanitize\w*|contentDisposition)$/i,
  regex: /(?:^|\.)(?:escapeRegExp|escapeRegex|escapeStringRegexp|regexEscape|escape\w*|quote\w*)$/i,
  xml: /(?:^|\.)(?:sanitize\w*|escape\w*|strip\w*|validate\w*)$/i,
  html: /(?:^|\.)(?:escape\w*|encode\w*|sanitize\w*|purify|stripTags|htmlEscape|he\.encode|encodeURIComponent)$/i,
  template: /(?:^|\.)(?:sanitize\w*|escape\w*|basename)$/i,
  graphql: /(?:^|\.)(?:sanitize\w*|escape\w*|JSON\.stringify|encode\w*)$/i,
  ldap: /(?:^|\.)(?:escape\w*|sanitize\w*|encode\w*)$/i,
  object: /(?:^|\.)(?:pick|omit|sanitize\w*|toSnapshot)$/i,
  write:
    /(?:^|\.)(?:pick|omit|sanitize\w*|allow\w*|permit\w*|whitelist\w*|String|toDomain|toEntity|plainToInstance|plainToClass)$/i,
  input: /(?:^|\.)(?:String|pick|sanitize\w*|clean\w*|to[A-Z]\w*|trim\w*|hash\w*|normalize\w*)$/i,
  type: /(?:^|\.)(?:String|toString|stringify)$/,
  deserialise: /(?:^|\.)(?:verify\w*|sanitize\w*)$/i,
  size: /(?:^|\.)(?:clamp|bound\w*|limit\w*)$/i,
  rows: /(?:^|\.)\w{0,60}(?:clamp|bound|limit|cap|min|max|pag(?:e|ination))\w{0,60}$/i,
};
const identifiers = byName.sql;
const schemaMethods =
  /\.(?:parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|validateSync|validSync|attempt|cast|check|assert|decode)$/;
const notSchemas =
  /^(?:JSON|url|URL|path|qs|querystring|Date|yaml|YAML|csv|Papa|semver|cookie|query-?string|libxmljs\w*|parser|xml\w*|new |ms|bytes|marked|acorn|babel|recast|dotenv|toml|ini|graphql|JSON5|json5)/;

/** What a call does to what it is given. */
export type Effect = 'number' | 'clean' | 'validates' | 'none';

/**
 * Effect of calling `callee` (as its origin reads) on the trust of its arguments, for one kind of sink.
 */
export function effectOf(callee: string, kind: FlowKind): Effect {
  if (numeric.test(callee)) return isAmount(kind) && !/^Math\.min$/.test(callee) ? 'none' : 'number';
  if (/(?:^|\.)(?:matchedData|assert)(?:\(\))?$/.test(callee)) return 'validates';
  if (schemaMethods.test(callee) && !notSchemas.test(callee)) return 'validates';
  return (kind === 'identifier' ? identifiers : byName[kind])?.test(callee) ? 'clean' : 'none';
}
