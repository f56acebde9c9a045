/** A call of a library that takes a key or a password. */
export interface Sink {
  /** Module and member that is called, as origins tell it; `new` in front of a class. */
  readonly callee: RegExp;
  readonly argument: number;
  /** The key is any of these properties of the argument, named from the options down. */
  readonly options?: readonly string[];
  /** The option holds a password for each of its names. */
  readonly each?: true;
  readonly what: string;
  readonly certain?: true;
  /** Words that name nothing else may be the key. */
  readonly words?: true;
}

/** What signs a token or a cookie. */
export const signing = { what: 'signing key', certain: true } as const;
const encryption = { what: 'encryption key', certain: true } as const;
const password = { what: 'password' } as const;
const key = { what: 'secret' } as const;
const words = { ...key, words: true } as const;

/** As the libraries document them. */
export const sinks: readonly Sink[] = [
  { callee: /^jsonwebtoken\.(?:sign|verify)$/, argument: 1, ...signing },
  { callee: /^jwt-simple\.(?:encode|decode)$/, argument: 1, ...signing },
  { callee: /^jose\.(?:jwtVerify|jwtDecrypt|compactVerify|flattenedVerify)$/, argument: 1, ...signing },
  { callee: /^new jose\.(?:SignJWT|CompactSign)\b.{0,200}\.sign$/, argument: 0, ...signing },
  { callee: /^new jose\.(?:EncryptJWT|CompactEncrypt)\b.{0,200}\.encrypt$/, argument: 0, ...encryption },
  { callee: /^hono\/jwt\.(?:sign|verify)$/, argument: 1, ...signing },
  { callee: /^hono\/cookie\.(?:setSignedCookie)$/, argument: 3, ...signing },
  { callee: /^crypto\.createHmac$/, argument: 1, ...signing },
  { callee: /^crypto\.timingSafeEqual$/, argument: 0, ...key },
  { callee: /^crypto\.timingSafeEqual$/, argument: 1, ...key },
  { callee: /^hono\/bearer-auth\.bearerAuth$/, argument: 0, options: ['token'], ...key },
  { callee: /^crypto\.create(?:Cipher|Decipher)(?:iv)?$/, argument: 1, ...encryption },
  { callee: /^crypto\.(?:scrypt|pbkdf2)(?:Sync)?$/, argument: 0, what: 'password that a key is made of', words: true },
  { callee: /^crypto\.hkdf(?:Sync)?$/, argument: 1, ...encryption },
  { callee: /^crypto-js\.(?:AES|DES|TripleDES|Rabbit|RC4)\.(?:encrypt|decrypt)$/, argument: 1, ...encryption },
  { callee: /^crypto-js\.Hmac\w{1,12}$/, argument: 1, ...signing },
  { callee: /^new cryptr(?:\.Cryptr)?$/, argument: 0, ...encryption },
  { callee: /^cookie-parser$/, argument: 0, ...signing },
  { callee: /^cookie-signature\.(?:sign|unsign)$/, argument: 1, ...signing },
  { callee: /^new keygrip$/, argument: 0, ...signing },
  { callee: /^cookie-session$/, argument: 0, options: ['keys', 'secret'], ...signing },
  { callee: /^(?:express-session|koa-session|@fastify\/session)$/, argument: 0, options: ['secret'], ...signing },
  { callee: /^express-jwt(?:\.expressjwt)?$/, argument: 0, options: ['secret'], ...signing },
  { callee: /^koa-jwt$/, argument: 0, options: ['secret'], ...signing },
  { callee: /^new passport-jwt\.Strategy$/, argument: 0, options: ['secretOrKey'], ...signing },
  {
    callee: /^new passport-[\w-]{1,40}(?:\.\w{1,30})?$/,
    argument: 0,
    options: ['clientSecret', 'consumerSecret'],
    ...words,
  },
  { callee: /^next-auth(?:\.NextAuth)?$|^better-auth\.betterAuth$/, argument: 0, options: ['secret'], ...signing },
  { callee: /^new simple-oauth2\.\w{1,30}$/, argument: 0, options: ['client.secret'], ...words },
  { callee: /^express-basic-auth$/, argument: 0, options: ['users'], each: true, ...password },
  { callee: /^@nestjs\/jwt\.JwtModule\.register$/, argument: 0, options: ['secret', 'privateKey'], ...signing },
  { callee: /^iron-session\.\w{1,40}$/, argument: 2, options: ['password'], ...encryption },
  { callee: /^@hapi\/iron\.(?:seal|unseal)$/, argument: 1, ...encryption },
  { callee: /^new sequelize(?:\.Sequelize)?$/, argument: 2, ...password },
  { callee: /^bcrypt(?:js)?\.hash(?:Sync)?$/, argument: 0, ...password },
  { callee: /^argon2\.hash$/, argument: 0, ...password },
  { callee: /^ldapjs\.createClient\(\)\.bind$/, argument: 1, ...password },
  { callee: /^(?:superagent|supertest)\b.{0,80}\.auth$/, argument: 1, ...password },
  { callee: /^otplib\.(?:authenticator|totp|hotp)\.(?:generate|check|verifyToken)$/, argument: 0, ...key },
  { callee: /^speakeasy\.(?:totp|hotp)(?:\.verify)?$/, argument: 0, options: ['secret'], ...key },
  { callee: /^neo4j-driver\.auth\.basic$/, argument: 1, ...password },
  { callee: /^new (?:openai|groq-sdk|@anthropic-ai\/sdk)(?:\.\w{1,20})?$/, argument: 0, options: ['apiKey'], ...key },
  { callee: /^new @mistralai\/mistralai\.Mistral$/, argument: 0, options: ['apiKey'], ...key },
  { callee: /^new @google\/genai\.GoogleGenAI$/, argument: 0, options: ['apiKey'], ...key },
  { callee: /^new @google\/generative-ai\.GoogleGenerativeAI$/, argument: 0, ...key },
  { callee: /^new (?:octokit|@octokit\/(?:rest|core))\.Octokit$/, argument: 0, options: ['auth'], ...key },
  { callee: /^new (?:resend\.Resend|@slack\/web-api\.WebClient|telegraf\.Telegraf)$/, argument: 0, ...key },
  { callee: /^new (?:node-telegram-bot-api|postmark\.ServerClient)$/, argument: 0, ...key },
  { callee: /^new discord\.js\.Client\b.{0,20}\.login$/, argument: 0, ...key },
  { callee: /^new stripe(?:\.Stripe)?$/, argument: 0, ...key },
  { callee: /^twilio$/, argument: 1, ...key },
  { callee: /^@sendgrid\/mail\.setApiKey$/, argument: 0, ...key },
  { callee: /^web-push\.setVapidDetails$/, argument: 2, ...key },
];
/** What the modules of the table are called in an import, and variables with keys: without one of them no call is looked at. */
export const modules =
  /jsonwebtoken|jwt|passport-|auth|koa|jose|hono|crypto|cookie|keygrip|session|iron|sequelize|bcrypt|argon2|ldapjs|superagent|supertest|otplib|speakeasy|neo4j|openai|anthropic|groq|mistral|@google|octokit|resend|@slack|telegra|postmark|discord|stripe|twilio|sendgrid|web-push|_SECRET|_KEY/;
