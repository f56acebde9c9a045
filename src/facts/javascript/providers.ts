import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Source } from './source.ts';

/** Calls of other companies' services through their SDKs, each of which takes from tenths of a second to half a minute. */
const calls: readonly RegExp[] = [
  /^new openai(?:\.(?:Azure)?OpenAI)?\.(?:beta\.)?(?:chat\.completions|responses|images|audio\.\w+)\.(?:create|generate|parse|edit)$/,
  /^new (?:@anthropic-ai\/sdk(?:\.Anthropic)?\.messages|groq-sdk(?:\.Groq)?\.chat\.completions)\.create$/,
  /^ai\.generate(?:Text|Object|Image)$|^new replicate\.run$|^new cohere-ai\.CohereClient(?:V2)?\.(?:chat|generate)$/,
  /^new @mistralai\/mistralai\.Mistral\.chat\.complete$|^new @google\/(?:generative-ai|genai)\.\w+\..*generateContent$/,
  /^new stripe(?:\.Stripe)?(?:\.\w+){1,3}\.(?:create|update|retrieve|cancel|del|pay|capture|confirm|sendInvoice|finalizeInvoice)$/,
  /^twilio(?:\.Twilio)?\(\)\.(?:messages|calls)\.create$|^new twilio\.Twilio\.(?:messages|calls)\.create$/,
  /^new (?:@octokit\/rest\.|octokit\.)Octokit\.(?:rest\.)?\w+\.\w+$|^new @notionhq\/client\.Client\.\w+\.\w+$/,
  /^new @hubspot\/api-client\.Client\..+$|^googleapis\.google\.\w+\(\)(?:\.\w+)+$/,
];

/** Whether a call goes to another company's service through its SDK. */
export function isProviderCall(source: Source, call: TSESTree.CallExpression): boolean {
  const { text, from } = source.originOf(call.callee);
  return from !== 'unknown' && from !== 'literal' && calls.some((shape) => shape.test(text));
}
