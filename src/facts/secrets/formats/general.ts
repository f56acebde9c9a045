import type { TokenFormat } from '../token-format.ts';

/** Forms that many issuers share, and short ones that a longer form of the same vendor comes before. One row a format; `docs` is where its vendor documents it. */
export const formats: readonly TokenFormat[] = [
  {
    id: 'jwt',
    provider: 'any',
    what: 'JSON Web Token',
    word: 'eyJ',
    shape: /eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,4000}(?:\.[A-Za-z0-9_-]{2,1000})?/,
    check: 'jwt',
    confidence: 0.7,
    docs: 'https://www.rfc-editor.org/rfc/rfc7519',
  },
  {
    id: 'slack-legacy-token',
    provider: 'Slack',
    what: 'token',
    word: 'xox',
    shape: /xox[abeprs]-[A-Za-z0-9-]{10,250}/,
    docs: 'https://docs.slack.dev',
  },
  {
    id: 'openai-key-short',
    provider: 'OpenAI',
    what: 'API key',
    word: 'sk-',
    shape: /sk-(?!ant-|or-v1-|lf-)(?:proj-)?[A-Za-z0-9_-]{40,200}/,
    confidence: 0.85,
    docs: 'https://platform.openai.com/docs',
  },
  {
    id: 'bearer-header',
    provider: 'any',
    what: 'Bearer token',
    word: 'earer ',
    shape: /[Bb]earer [A-Za-z0-9_.~+/-]{24,500}={0,2}/,
    confidence: 0.7,
    docs: 'https://www.rfc-editor.org/rfc/rfc6750',
  },
];
