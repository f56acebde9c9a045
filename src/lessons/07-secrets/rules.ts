import { secretAsBuildArgument } from './secret-as-build-argument.ts';
import { secretPrintedInWorkflow } from './secret-printed-in-workflow.ts';
import { plainKubernetesSecret } from './plain-kubernetes-secret.ts';
import type { LessonRule } from '../define-rule.ts';

export const rules: readonly LessonRule[] = [plainKubernetesSecret, secretPrintedInWorkflow, secretAsBuildArgument];
