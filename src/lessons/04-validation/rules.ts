import type { LessonRule } from '../define-rule.ts';
import { anyOriginWithCookies } from './any-origin-with-cookies.ts';
import { archiveWithoutLimits } from './archive-without-limits.ts';
import { codeInjection } from './code-injection.ts';
import { commandInjection } from './command-injection.ts';
import { everyErrorCollected } from './every-error-collected.ts';
import { fieldWithoutCheck } from './field-without-check.ts';
import { graphqlInjection } from './graphql-injection.ts';
import { headerInjection } from './header-injection.ts';
import { hostHeaderInMail } from './host-header-in-mail.ts';
import { htmlInjection } from './html-injection.ts';
import { incompleteEscaping } from './incomplete-escaping.ts';
import { ldapInjection } from './ldap-injection.ts';
import { massAssignment } from './mass-assignment.ts';
import { nestedValidation } from './nested-validation.ts';
import { nosqlInjection } from './nosql-injection.ts';
import { openRedirect } from './open-redirect.ts';
import { pathTraversal } from './path-traversal.ts';
import { pipeWithoutWhitelist } from './pipe-without-whitelist.ts';
import { prototypePollution } from './prototype-pollution.ts';
import { regexInjection } from './regex-injection.ts';
import { requestForgery } from './request-forgery.ts';
import { signatureComparedAsText } from './signature-compared-as-text.ts';
import { sqlInjection } from './sql-injection.ts';
import { templateInjection } from './template-injection.ts';
import { tokenCheckSwitchedOff } from './token-check-switched-off.ts';
import { uncheckedEvent } from './unchecked-event.ts';
import { uncheckedList } from './unchecked-list.ts';
import { uncheckedQueryType } from './unchecked-query-type.ts';
import { unsafeDeserialization } from './unsafe-deserialization.ts';
import { untypedBody } from './untyped-body.ts';
import { unvalidatedInput } from './unvalidated-input.ts';
import { unverifiedToken } from './unverified-token.ts';
import { uploadWithoutLimits } from './upload-without-limits.ts';
import { xmlInjection } from './xml-injection.ts';

export const rules: readonly LessonRule[] = [
  sqlInjection,
  nosqlInjection,
  commandInjection,
  codeInjection,
  graphqlInjection,
  ldapInjection,
  templateInjection,
  pathTraversal,
  requestForgery,
  openRedirect,
  headerInjection,
  hostHeaderInMail,
  htmlInjection,
  regexInjection,
  prototypePollution,
  massAssignment,
  incompleteEscaping,
  unsafeDeserialization,
  xmlInjection,
  unvalidatedInput,
  unverifiedToken,
  tokenCheckSwitchedOff,
  anyOriginWithCookies,
  signatureComparedAsText,
  uncheckedList,
  everyErrorCollected,
  uncheckedQueryType,
  uncheckedEvent,
  untypedBody,
  pipeWithoutWhitelist,
  nestedValidation,
  fieldWithoutCheck,
  uploadWithoutLimits,
  archiveWithoutLimits,
];
