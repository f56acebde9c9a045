import type { TokenFormat } from '../token-format.ts';

/** Amazon Web Services. One row a format; `docs` is where its vendor documents it. */
export const formats: readonly TokenFormat[] = [
  {
    id: 'aws-access-key-id',
    provider: 'AWS',
    what: 'access key id (long-term)',
    word: 'AKIA',
    shape: /AKIA[A-Z2-7]{16}/,
    docs: 'https://docs.aws.amazon.com',
  },
  {
    id: 'aws-access-key-id-temporary',
    provider: 'AWS',
    what: 'access key id (temporary, STS)',
    word: 'ASIA',
    shape: /ASIA[A-Z2-7]{16}/,
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  },
  {
    id: 'aws-sts-service-bearer-token',
    provider: 'AWS',
    what: 'STS service bearer token',
    word: 'ABIA',
    shape: /ABIA[A-Z2-7]{16}/,
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  },
  {
    id: 'aws-context-specific-credential',
    provider: 'AWS',
    what: 'context-specific credential',
    word: 'ACCA',
    shape: /ACCA[A-Z2-7]{16}/,
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  },
  {
    id: 'aws-bedrock-api-key',
    provider: 'AWS',
    what: 'Bedrock API key (long-term)',
    word: 'ABSK',
    shape: /ABSK[A-Za-z0-9+/]{109,269}={0,2}/,
    docs: 'https://docs.aws.amazon.com/bedrock',
  },
  {
    id: 'aws-appsync-api-key',
    provider: 'AWS',
    what: 'AppSync API key',
    word: 'da2-',
    shape: /da2-[a-z0-9]{26}/,
    docs: 'https://docs.aws.amazon.com/appsync',
  },
  {
    id: 'aws-mws-auth-token',
    provider: 'AWS',
    what: 'MWS auth token',
    word: 'amzn.mws.',
    shape: /amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
    docs: 'https://developer-docs.amazon.com/sp-api/',
  },
  {
    id: 'aws-access-key-other',
    provider: 'AWS',
    what: 'access key id',
    word: 'A3T',
    shape: /A3T[A-Z0-9][A-Z0-9]{16}/,
    docs: 'https://docs.aws.amazon.com',
  },
];
