import type { LessonRule } from '../define-rule.ts';
import { arrayWithoutItems } from './array-without-items.ts';
import { breakingGraphqlChange } from './breaking-graphql-change.ts';
import { changedAnswer } from './changed-answer.ts';
import { changedOperationId } from './changed-operation-id.ts';
import { changedRequestDefault } from './changed-request-default.ts';
import { changedSchemaField } from './changed-schema-field.ts';
import { changedSecurity } from './changed-security.ts';
import { dangerousGraphqlChange } from './dangerous-graphql-change.ts';
import { describedOptionality } from './described-optionality.ts';
import { duplicateEnumValue } from './duplicate-enum-value.ts';
import { duplicateOperationId } from './duplicate-operation-id.ts';
import { duplicateParameter } from './duplicate-parameter.ts';
import { enumValueOfWrongType } from './enum-value-of-wrong-type.ts';
import { ignoredRefSibling } from './ignored-ref-sibling.ts';
import { invalidContract } from './invalid-contract.ts';
import { lostNull } from './lost-null.ts';
import { malformedPath } from './malformed-path.ts';
import { mismatchedExample } from './mismatched-example.ts';
import { missingResponseSchema } from './missing-response-schema.ts';
import { missingSuccessResponse } from './missing-success-response.ts';
import { narrowedRequest } from './narrowed-request.ts';
import { operationWithoutRoute } from './operation-without-route.ts';
import { pathParameterMismatch } from './path-parameter-mismatch.ts';
import { rawEntityAnswer } from './raw-entity-answer.ts';
import { removedOperation } from './removed-operation.ts';
import { removedRequestInput } from './removed-request-input.ts';
import { removedResponseData } from './removed-response-data.ts';
import { requiredRequestInput } from './required-request-input.ts';
import { restatedOptionality } from './restated-optionality.ts';
import { routeWithoutContract } from './route-without-contract.ts';
import { sunsetWithoutNotice } from './sunset-without-notice.ts';
import { undefinedSecurityScheme } from './undefined-security-scheme.ts';
import { undefinedServerVariable } from './undefined-server-variable.ts';
import { undescribedAnswer } from './undescribed-answer.ts';
import { undescribedList } from './undescribed-list.ts';
import { undocumentedAnswer } from './undocumented-answer.ts';
import { unlistedModel } from './unlisted-model.ts';
import { unmatchedParameter } from './unmatched-parameter.ts';
import { unresolvedReference } from './unresolved-reference.ts';
import { untypedAnswer } from './untyped-answer.ts';
import { widenedResponse } from './widened-response.ts';

export const rules: readonly LessonRule[] = [
  routeWithoutContract,
  operationWithoutRoute,
  removedOperation,
  sunsetWithoutNotice,
  removedRequestInput,
  requiredRequestInput,
  narrowedRequest,
  changedRequestDefault,
  removedResponseData,
  widenedResponse,
  lostNull,
  changedSecurity,
  changedOperationId,
  breakingGraphqlChange,
  dangerousGraphqlChange,
  invalidContract,
  unresolvedReference,
  pathParameterMismatch,
  duplicateOperationId,
  missingSuccessResponse,
  missingResponseSchema,
  mismatchedExample,
  arrayWithoutItems,
  enumValueOfWrongType,
  duplicateEnumValue,
  malformedPath,
  duplicateParameter,
  undefinedSecurityScheme,
  undefinedServerVariable,
  ignoredRefSibling,
  changedSchemaField,
  changedAnswer,
  describedOptionality,
  restatedOptionality,
  unlistedModel,
  undescribedList,
  unmatchedParameter,
  undescribedAnswer,
  undocumentedAnswer,
  rawEntityAnswer,
  untypedAnswer,
];
