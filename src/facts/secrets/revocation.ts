/** Where a provider's tokens are revoked: the reader's next step. Only pages whose address is stable. */
const pages: Readonly<Record<string, string>> = {
  GitHub: 'https://github.com/settings/tokens',
  GitLab: 'https://gitlab.com/-/user_settings/personal_access_tokens',
  AWS: 'https://console.aws.amazon.com/iam/home#/security_credentials',
  Google: 'https://console.cloud.google.com/apis/credentials',
  Azure: 'https://portal.azure.com',
  Slack: 'https://api.slack.com/apps',
  Discord: 'https://discord.com/developers/applications',
  Telegram: 'https://t.me/BotFather',
  Stripe: 'https://dashboard.stripe.com/apikeys',
  OpenAI: 'https://platform.openai.com/api-keys',
  Anthropic: 'https://console.anthropic.com/settings/keys',
  'Hugging Face': 'https://huggingface.co/settings/tokens',
  Groq: 'https://console.groq.com/keys',
  npm: 'https://www.npmjs.com/settings/~/tokens',
  PyPI: 'https://pypi.org/manage/account/token/',
  RubyGems: 'https://rubygems.org/profile/api_keys',
  NuGet: 'https://www.nuget.org/account/apikeys',
  'crates.io': 'https://crates.io/settings/tokens',
  'Docker Hub': 'https://app.docker.com/settings/personal-access-tokens',
  DigitalOcean: 'https://cloud.digitalocean.com/account/api/tokens',
  Cloudflare: 'https://dash.cloudflare.com/profile/api-tokens',
  Heroku: 'https://dashboard.heroku.com/account/applications',
  Vercel: 'https://vercel.com/account/tokens',
  Netlify: 'https://app.netlify.com/user/applications',
  Supabase: 'https://supabase.com/dashboard/account/tokens',
  Twilio: 'https://console.twilio.com',
  SendGrid: 'https://app.sendgrid.com/settings/api_keys',
  Mailgun: 'https://app.mailgun.com/settings/api_security',
  Linear: 'https://linear.app/settings/api',
  Notion: 'https://www.notion.so/profile/integrations',
  Figma: 'https://www.figma.com/settings',
  Sentry: 'https://sentry.io/settings/account/api/auth-tokens/',
  'New Relic': 'https://one.newrelic.com/api-keys',
};

/** The page on which a provider's tokens are revoked, where it is known. */
export function revocationPage(provider: string): string | undefined {
  return pages[provider];
}
