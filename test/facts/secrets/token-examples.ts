/**
 * One example of each token format: fixed text, and in braces an alphabet and a length. Lengths are the vendor's where it
 * documents them; elsewhere the pattern was the model, and the example only guards it against change. Filled with random
 * characters at run time, so that this repository holds no token.
 */
export const recipes: Readonly<Record<string, string>> = {
  'github-personal-access-token': 'ghp_{b62:36}',
  'github-oauth-access-token': 'gho_{b62:36}',
  'github-github-app-user-token': 'ghu_{b62:36}',
  'github-github-app-installation-token': 'ghs_{b62:36}',
  'github-github-app-refresh-token': 'ghr_{b62:36}',
  'github-fine-grained-pat': 'github_pat_{b62:22}_{b62:59}',
  'gitlab-personal-project-group-access-token': 'glpat-{b64u:20}',
  'gitlab-deploy-token': 'gldt-{b64u:20}',
  'gitlab-runner-authentication-token': 'glrt-{b64u:20}',
  'gitlab-pipeline-trigger-token': 'glptt-{hex:40}',
  'gitlab-oauth-application-secret': 'gloas-{hex:64}',
  'gitlab-scim-token': 'glsoat-{b64u:20}',
  'gitlab-feed-token': 'glft-{b64u:20}',
  'gitlab-incoming-mail-token': 'glimt-{b64u:25}',
  'gitlab-agent-for-kubernetes-token': 'glagent-{b64u:50}',
  'gitlab-feature-flag-client-token': 'glffct-{b64u:20}',
  'gitlab-ci-job-token': 'glcbt-{b62:2}_{b64u:20}',
  'gitlab-runner-registration-token': 'GR1348941{b64u:20}',
  'aws-access-key-id': 'AKIA{b32:16}',
  'aws-access-key-id-temporary': 'ASIA{b32:16}',
  'aws-sts-service-bearer-token': 'ABIA{b32:16}',
  'aws-context-specific-credential': 'ACCA{b32:16}',
  'aws-bedrock-api-key': 'ABSK{b64:109}=',
  'aws-appsync-api-key': 'da2-{low:26}',
  'aws-mws-auth-token': 'amzn.mws.{uuid}',
  'google-api-key': 'AIza{b64u:35}',
  'google-oauth-client-secret': 'GOCSPX-{b64u:28}',
  'google-oauth-access-token': 'ya29.{b64u:180}',
  'google-oauth-refresh-token': '1//0{b64u:98}',
  'google-service-account-key-file': '"private_key_id": "{hex:40}"',
  'azure-storage-account-key': 'AccountKey={b64:86}==',
  'azure-entra-client-secret': '{b62:3}8Q~{b62:34}',
  'azure-devops-pat': '{b62:76}AZDO{b62:4}',
  'azure-identifiable-keys': '{b64:42}AzCa{b64:5}=',
  'slack-bot-token': 'xoxb-{num:12}-{num:13}-{b62:24}',
  'slack-user-token': 'xoxp-{num:12}-{num:12}-{num:13}-{hex:32}',
  'slack-app-level-token': 'xapp-1-A{up:10}-{num:13}-{hex:64}',
  'slack-configuration-rotating-token': 'xoxe.xoxp-1-{b62:163}',
  'slack-configuration-refresh-token': 'xoxe-1-{b62:146}',
  'slack-incoming-webhook': 'https://hooks.slack.com/services/T{up:8}/B{up:10}/{b62:24}',
  'discord-webhook': 'https://discord.com/api/webhooks/{num:18}/{b64u:68}',
  'telegram-bot-token': '{num:10}:AA{b64u:33}',
  'microsoft-teams-incoming-webhook':
    'https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}',
  'stripe-secret-key': 'sk_live_{b62:99}',
  'stripe-secret-key-test': 'sk_test_{b62:24}',
  'stripe-restricted-key': 'rk_live_{b62:99}',
  'stripe-webhook-signing-secret': 'whsec_{b62:32}',
  'square-access-token': 'EAAA{b64u:60}',
  'square-oauth-secret': 'sq0csp-{b64u:43}',
  'paypal-braintree-access-token': 'access_token$production${low:16}${hex:32}',
  'adyen-api-key': 'AQE{low:8}{b64:90}',
  'razorpay-key-id': 'rzp_live_{b62:14}',
  'plaid-access-token': 'access-production-{uuid}',
  'shippo-api-token': 'shippo_live_{hex:40}',
  'easypost-api-key': 'EZAK{b62:54}',
  'flutterwave-secret-key': 'FLWSECK-{hex:32}-X',
  'openai-project-key': 'sk-proj-{b64u:74}T3BlbkFJ{b64u:74}',
  'openai-user-key': 'sk-{b62:20}T3BlbkFJ{b62:20}',
  'openai-service-account-admin-key': 'sk-svcacct-{b64u:74}T3BlbkFJ{b64u:74}',
  'anthropic-api-key': 'sk-ant-api03-{b64u:93}AA',
  'anthropic-admin-key': 'sk-ant-admin01-{b64u:93}AA',
  'hugging-face-user-access-token': 'hf_{alpha:34}',
  'hugging-face-organization-token': 'api_org_{alpha:34}',
  'groq-api-key': 'gsk_{b62:52}',
  'xai-api-key': 'xai-{b62:80}',
  'perplexity-api-key': 'pplx-{b62:48}',
  'replicate-api-token': 'r8_{b62:37}',
  'nvidia-ngc-nim-key': 'nvapi-{b64u:64}',
  'langsmith-api-key': 'lsv2_pt_{hex:32}_{hex:10}',
  'pinecone-api-key': 'pcsk_{b62:6}_{b62:63}',
  'tavily-api-key': 'tvly-{b62:32}',
  'npm-access-token': 'npm_{b62:36}',
  'pypi-upload-token': 'pypi-AgEIcHlwaS5vcmc{b64u:150}',
  'rubygems-api-key': 'rubygems_{hex:48}',
  'nuget-api-key': 'oy2{low:43}',
  'crates-io-api-token': 'cio{b62:32}',
  'clojars-deploy-token': 'CLOJARS_{hex:60}',
  'docker-hub-personal-access-token': 'dckr_pat_{b64u:27}',
  'docker-hub-organization-access-token': 'dckr_oat_{b64u:32}',
  'jfrog-api-key-identity-token': 'AKCp{b62:69}',
  'jfrog-reference-token': 'cmVmdGtu{b62:56}',
  'digitalocean-personal-access-token': 'dop_v1_{hex:64}',
  'digitalocean-oauth-token': 'doo_v1_{hex:64}',
  'digitalocean-refresh-token': 'dor_v1_{hex:64}',
  'cloudflare-user-api-token': 'cfut_{b62:40}{hex:8}',
  'cloudflare-account-api-token': 'cfat_{b62:40}{hex:8}',
  'cloudflare-global-api-key': 'cfk_{b62:40}{hex:8}',
  'cloudflare-origin-ca-key': 'v1.0-{hex:24}-{hex:146}',
  'heroku-api-key': 'HRKU-AA{b64u:58}',
  'fly-io-access-token': 'FlyV1 fm2_{b64:200}',
  'vercel-access-token': 'vcp_{b62:56}',
  'netlify-personal-access-token': 'nfp_{b62:36}',
  'supabase-personal-access-token': 'sbp_{hex:40}',
  'supabase-secret-api-key': 'sb_secret_{b64u:22}_{b64u:8}',
  'planetscale-password': 'pscale_pw_{b64u:43}',
  'planetscale-service-token': 'pscale_tkn_{b64u:43}',
  'neon-api-key': 'napi_{low:64}',
  'databricks-personal-access-token': 'dapi{hex:32}-2',
  'snowflake-programmatic-access-token': 'eyJraWQiOiIx{b64u:60}.{b64u:90}.{b64u:86}',
  'mongodb-atlas-service-account-secret': 'mdb_sa_sk_{b64u:40}',
  'elastic-cloud-api-key': 'essu_{b64:80}==',
  'sendgrid-api-key': 'SG.{b64u:22}.{b64u:43}',
  'mailgun-private-api-key': 'key-{hex:32}',
  'mailchimp-api-key': '{hex:32}-us14',
  'brevo-api-key': 'xkeysib-{hex:64}-{b62:16}',
  'resend-api-key': 're_{b62:8}_{b62:24}',
  'shopify-admin-api-access-token': 'shpat_{hex:32}',
  'shopify-custom-app-private-app-shared-secret': 'shpss_{hex:32}',
  'hubspot-private-app-token': 'pat-eu1-{uuid}',
  'salesforce-access-token': '00D{b62:15}!{b62:96}',
  'intercom-access-token': 'dG9rO{b64:54}=',
  'atlassian-api-token': 'ATATT3xFfGF0{b64u:172}={hexup:8}',
  'atlassian-bitbucket-access-token': 'ATCTT3xFfGN0{b64u:170}={hexup:8}',
  'bitbucket-app-password': 'ATBB{b64u:32}',
  'linear-api-key': 'lin_api_{b62:40}',
  'notion-integration-token': 'ntn_{num:11}{b62:35}',
  'figma-personal-access-token': 'figd_{b64u:40}',
  'airtable-personal-access-token': 'pat{b62:14}.{hex:64}',
  'postman-api-key': 'PMAK-{hex:24}-{hex:34}',
  'dropbox-short-lived-token': 'sl.{b64u:138}',
  'contentful-management-token': 'CFPAT-{b64u:43}',
  'sentry-org-auth-token': 'sntrys_eyJpYXQiOjE3{b64:80}=_{b62:43}',
  'sentry-user-auth-token': 'sntryu_{hex:64}',
  'new-relic-user-key': 'NRAK-{up:27}',
  'new-relic-license-ingest-key': '{hex:36}NRAL',
  'new-relic-insights-insert-key': 'NRII-{b64u:32}',
  'grafana-service-account-token': 'glsa_{b62:32}_{hex:8}',
  'grafana-cloud-access-policy-token': 'glc_eyJvIjoi{b64:96}==',
  'honeycomb-ingest-key': 'hcaik_{b62:58}',
  'posthog-personal-api-key': 'phx_{b62:43}',
  'hashicorp-vault-service-token': 'hvs.CAES{b64u:91}',
  'hashicorp-vault-batch-token': 'hvb.AAAAAQ{b64u:150}',
  'hashicorp-vault-recovery-token': 'hvr.{b64u:90}',
  'hcp-terraform-user-team-org-token': '{b62:14}.atlasv1.{b62:67}',
  'pulumi-access-token': 'pul-{hex:40}',
  'doppler-service-personal-cli-token': 'dp.st.prd.{b62:43}',
  '1password-service-account-token': 'ops_eyJ{b64:260}',
  'tailscale-api-auth-oauth-key': 'tskey-auth-{b62:11}CNTRL-{b62:32}',
  'age-secret-key': 'AGE-SECRET-KEY-1{bech:58}',
  'sonarqube-sonarcloud-token': 'squ_{hex:40}',
  'circleci-personal-project-token': 'CCIPAT_{b62:22}_{hex:40}',
  'buildkite-user-access-token': 'bkua_{hex:40}',
  'mapbox-secret-token': 'sk.eyJ1Ijoi{b64u:60}.{b64u:22}',
  'clerk-secret-key': 'sk_live_{b62:40}',
  'facebook-meta-access-token': 'EAA{b62:160}',
  'x-twitter-bearer-token': '{A:22}{b62:82}',
  'linkedin-client-secret': 'WPL_AP1.{b62:16}.{b64:6}==',
  'alibaba-cloud-access-key-id': 'LTAI{b62:20}',
  'tencent-cloud-secret-id': 'AKID{b62:32}',
  'wandb-api-key': 'wandb_v1_{b62:77}',
  'devin-api-key': 'cog_{low:52}',
  'akamai-client-token': 'akab-{low:16}-{low:16}',
  'twitch-stream-key': 'live_{num:9}_{b62:30}',
  'adafruit-io-key': 'aio_{b62:28}',
  'new-relic-admin-key': 'NRAA-{hex:27}',
  'alibaba-sts-key': 'STS.{b62:20}',
  'apify-token': 'apify_api_{b62:36}',
  'cerebras-key': 'csk-{low:48}',
  'fly-access-token': 'fo1_{b64u:43}',
  'readme-key': 'rdme_{low:70}',
  'paddle-key': 'pdl_live_apikey_{low:26}_{b62:22}_{b62:3}',
  'stackhawk-key': 'hawk.{b64u:20}.{b64u:20}',
  '1password-secret-key': 'A3-{up:6}-{up:11}-{up:5}-{up:5}-{up:5}',
  'openshift-token': 'sha256~{b64u:43}',
  'openrouter-key': 'sk-or-v1-{hex:64}',
  'langfuse-key': 'sk-lf-{uuid}',
  'fireworks-key': 'fw_{b62:22}',
  'together-key': 'tgp_v1_{b64u:43}',
  'jina-key': 'jina_{b64u:60}',
  'firecrawl-key': 'fc-{hex:32}',
  'e2b-key': 'e2b_{hex:40}',
  'gemini-key': 'AQ.Ab8{b64u:40}',
  'render-key': 'rnd_{b62:32}',
  'vercel-blob-token': 'vercel_blob_rw_{b62:16}_{b62:30}',
  'typeform-token': 'tfp_{b64u:59}',
  'square-access-token-old': 'sq0atp-{b64u:22}',
  'notion-token-old': 'secret_{b62:43}',
  'mailersend-token': 'mlsn.{hex:64}',
  'aws-access-key-other': 'A3T{up:17}',
  'twilio-api-key-sid': 'SK{hex:32}',
  'alchemy-url-key': 'https://eth-mainnet.g.alchemy.com/v2/{b62:32}',
  'infura-url-key': 'https://mainnet.infura.io/v3/{hex:32}',
  'docker-config-auths': 'eyJhdXRocyI6eyJo{b64:120}',
  'zuplo-key': 'zpka_{hex:32}_{hex:8}',
  'gitlab-routable-token': 'glpat-{b64u:27}.01.{low:9}',
  'gitlab-trigger-rotated': 'glrtr-{b64u:20}',
  'facebook-url-token': 'https://graph.facebook.com/me?access_token=EAA{b62:40}',
  'teamwork-token': 'tkn.v1_{b62:80}',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIi{b64u:40}.{b64u:43}',
  'launchdarkly-sdk-key': 'sdk-{uuid}',
  'launchdarkly-api-key': 'api-{uuid}',
  'slack-legacy-token': 'xoxa-2-{num:12}-{num:12}-{hex:32}',
  'linear-oauth-token': 'lin_oauth_{b62:40}',
  'openai-key-short': 'sk-{b62:48}',
  'bearer-header': 'Authorization: Bearer {b62:40}',
  'dynatrace-token': 'dt0c01.{b62:24}.{b62:64}',
  'posthog-refresh-token': 'phr_{b62:40}',
  'teams-webhook-old': 'https://outlook.office.com/webhook/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}',
  'sourcegraph-token': 'sgp_{hex:40}',
};

/** What comes closest without being one, where a part is optional and the rule for all formats does not fit. */
const nearly: Readonly<Record<string, string>> = {
  // The head of a JSON Web Token is JSON.
  jwt: 'eyJ{b62:20}.{b62:40}.{b62:43}',
  'slack-legacy-token': 'xoxa-{num:3}',
};

const alphabets: Readonly<Record<string, string>> = {
  num: '0123456789',
  hex: '0123456789abcdef',
  hexup: '0123456789ABCDEF',
  low: 'abcdefghijklmnopqrstuvwxyz0123456789',
  up: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  b32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  bech: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  alpha: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  b62: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  b64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  b64u: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-',
  A: 'A',
};

/** Fills a recipe. `pick` chooses a character of an alphabet; by default one at random, the same in each run. */
export function filled(recipe: string, pick: (alphabet: string) => string = anyOf()): string {
  return recipe
    .replaceAll('{uuid}', '{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}')
    .replace(/\{(\w+):(\d+)\}/g, (_, name: string, length: string) => {
      // Alphabets with punctuation begin and end with a letter or digit, as a token ends where a word does.
      const inner = alphabets[name] as string;
      const outer = inner.replace(/[_+/-]/g, '');
      const last = Number(length) - 1;
      return Array.from({ length: last + 1 }, (_each, i) => pick(i === 0 || i === last ? outer : inner)).join('');
    });
}

/** A linear congruential generator: what is found must not depend on the day. */
function anyOf(): (alphabet: string) => string {
  let state = 20_11;
  return (alphabet) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[(state >>> 8) % alphabet.length] as string;
  };
}

const runs = /\{(\w+):(\d+)\}|\{uuid\}/g;

/** The recipe of a format with its longest run of random characters cut down to a few, and with a foreign character in the midst of it. */
export function brokenRecipes(id: string): { readonly short: string; readonly foreign: string } {
  const near = nearly[id];
  if (near) return { short: near, foreign: near };
  const recipe = recipes[id] ?? '';
  const lengthOf = ([, , length = '12']: RegExpMatchArray) => Number(length);
  const longest = [...recipe.matchAll(runs)].reduce((a, b) => (lengthOf(b) >= lengthOf(a) ? b : a));
  const [all, name = 'hex', length = '32'] = longest;
  const replaced = (by: string) => recipe.slice(0, longest.index) + by + recipe.slice(longest.index + all.length);
  return {
    short: replaced(`{${name}:3}`),
    foreign: replaced(`{${name}:3}§{${name}:${Number(length) - 4}}`),
  };
}
