import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const secretAsBuildArgument = defineRule({
  id: 'secret-as-build-argument',
  lesson: 7,
  severity: 'warning',
  summary:
    'A secret goes into the image: mount it with `RUN --mount=type=secret`, or set it when the container starts.',
  why: 'The values of build arguments are kept in the metadata of the image, where `docker history` shows them to everybody who can pull it; what ENV sets is in every container besides.',
  fix: 'Replace the ARG, or the ENV made from it, by `RUN --mount=type=secret,id=…` and pass `--secret` to the build.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'Dockerfile',
        code: `FROM node:24
>ARG NPM_TOKEN
RUN npm ci
`,
      },
      {
        path: 'Dockerfile',
        code: `FROM node:24
>ARG NPM_TOKEN
>ENV NPM_TOKEN=\${NPM_TOKEN}
RUN npm ci
`,
      },
    ],
    good: [
      {
        path: 'Dockerfile',
        code: `FROM node:24
ARG NODE_ENV=production
RUN --mount=type=secret,id=npm npm ci
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'secret-as-build-argument'),
});
