import type { LessonRule } from '../define-rule.ts';
import { assignedSecret } from './assigned-secret.ts';
import { committedSecretFile } from './committed-secret-file.ts';
import { credentialsInUrl } from './credentials-in-url.ts';
import { guessableDatabasePassword } from './guessable-database-password.ts';
import { longLivedCloudKey } from './long-lived-cloud-key.ts';
import { plainKubernetesSecret } from './plain-kubernetes-secret.ts';
import { privateKey } from './private-key.ts';
import { providerToken } from './provider-token.ts';
import { secretAsBuildArgument } from './secret-as-build-argument.ts';
import { secretPrintedInWorkflow } from './secret-printed-in-workflow.ts';

export const rules: readonly LessonRule[] = [
  providerToken,
  privateKey,
  credentialsInUrl,
  assignedSecret,
  committedSecretFile,
  plainKubernetesSecret,
  secretPrintedInWorkflow,
  secretAsBuildArgument,
  guessableDatabasePassword,
  longLivedCloudKey,
];
