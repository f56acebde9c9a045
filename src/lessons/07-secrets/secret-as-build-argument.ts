import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const secretAsBuildArgument = defineRule({
  id: 'secret-as-build-argument',
  lesson: 7,
  severity: 'warning',
  summary: 'A build argument carries a secret into the image: mount it with `RUN --mount=type=secret`.',
  why: 'The values of build arguments are kept in the metadata of the image, where `docker history` shows them to everybody who can pull it.',
  fix: 'Replace the ARG by `RUN --mount=type=secret,id=…` and pass `--secret` to the build.',
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
