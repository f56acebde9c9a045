import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { allRules } from '../../src/lessons/rules.ts';

/** Squawk's rules, as its documentation lists them (version 2.66). */
const squawk =
  'adding-field-with-default adding-foreign-key-constraint adding-not-nullable-field adding-required-field adding-serial-primary-key-field ban-add-column ban-add-composite-attribute ban-add-enum-value ban-alter-database-options ban-alter-domain-with-add-constraint ban-alter-extension ban-alter-function-options ban-alter-generated-expression ban-alter-identity ban-alter-policy-condition ban-alter-policy-roles ban-alter-role-options ban-alter-row-level-security ban-alter-sequence-values ban-alter-system-options ban-alter-view-options ban-char-field ban-concurrent-index-creation-in-transaction ban-create-domain-with-constraint ban-create-policy ban-detach-inheritance ban-disable-trigger ban-drop-column ban-drop-constraint ban-drop-database ban-drop-default ban-drop-domain ban-drop-extension ban-drop-function ban-drop-generated-expression ban-drop-index ban-drop-not-null ban-drop-policy ban-drop-schema ban-drop-sequence ban-drop-table ban-drop-trigger ban-drop-type ban-drop-view ban-duplicate-column-assignments ban-new-write-restriction ban-replace-view-function ban-replica-identity ban-revoke ban-set-default ban-set-schema ban-truncate-cascade ban-uncommitted-transaction changing-column-type constraint-missing-not-valid disallowed-unique-constraint identifier-too-long prefer-bigint-over-int prefer-bigint-over-smallint prefer-identity prefer-repack prefer-robust-stmts prefer-text-field prefer-timestamptz renaming-column renaming-object renaming-table require-concurrent-index-creation require-concurrent-index-deletion require-concurrent-partition-detach require-concurrent-reindex require-enum-value-ordering require-lock-timeout require-statement-timeout require-table-schema require-timeout-settings syntax-error transaction-nesting'.split(
    ' ',
  );
/** The OpenAPI rules of @stoplight/spectral-rulesets (version 1.23). */
const spectral =
  'array-items contact-properties duplicated-entry-in-enum info-contact info-description info-license license-url no-$ref-siblings no-eval-in-markdown no-script-tags-in-markdown oas2-anyOf oas2-api-host oas2-api-schemes oas2-discriminator oas2-host-not-example oas2-host-trailing-slash oas2-oneOf oas2-operation-formData-consume-check oas2-operation-security-defined oas2-parameter-description oas2-schema oas2-unused-definition oas2-valid-media-example oas2-valid-schema-example oas3-api-servers oas3-callbacks-in-callbacks oas3-examples-value-or-externalValue oas3-operation-security-defined oas3-parameter-description oas3-schema oas3-server-not-example.com oas3-server-trailing-slash oas3-server-variables oas3-unused-component oas3-valid-media-example oas3-valid-schema-example oas3_1-callbacks-in-webhook oas3_1-servers-in-webhook oas3_2-no-deprecated-xml-attribute openapi-tags openapi-tags-alphabetical openapi-tags-uniqueness operation-description operation-operationId operation-operationId-unique operation-operationId-valid-in-url operation-parameters operation-singular-tag operation-success-response operation-tag-defined operation-tags path-declarations-must-exist path-keys-no-trailing-slash path-not-include-query path-params tag-description typed-enum'.split(
    ' ',
  );

interface Row {
  readonly names: readonly string[];
  /** Rules of ours, a note, a fault, what happens to the parts; `no`, or that no lesson is about it. */
  readonly by: string;
}

/** The table of the section with this title. */
function tableOf(title: string): readonly Row[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs/coverage.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(title)) ?? '';
  const lines = section.split('\n');
  // A section may have several tables: the heads are the lines above the rules.
  const rows = lines.filter((line, at) => /^\|(?! -)/.test(line) && !lines[at + 1]?.startsWith('| -'));
  return rows.map((line) => {
    const [names = '', by = ''] = line.slice(1).split(' | ');
    return { names: names.split(',').map((name) => name.trim()), by: by.trim() };
  });
}

const untaught = /^(?:no lesson|style)$/;
const tables = ['oasdiff', 'Spectral', 'Squawk'].map((title) => [title, tableOf(title)] as const);

describe('the tables of what other tools check', () => {
  test.each(tables)("%s's rows name rules that exist, or say why there is none", (_title, rows) => {
    const ids = new Set(allRules.map(({ id }) => id));
    expect(rows.length).toBeGreaterThan(20);
    for (const { names, by } of rows) {
      const rules = [...by.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
      expect({ names, unknown: rules.filter((rule) => !ids.has(rule)) }).toEqual({ names, unknown: [] });
      const inWords = /^(?:a note|a fault|by what .+|the same rules|no|no lesson|style)$/.test(by);
      expect({ names, by, says: rules.length > 0 || inWords }).toEqual({ names, by, says: true });
    }
  });

  test.each(tables)('nine of ten rules of %s that a lesson teaches are covered', (_title, rows) => {
    const taught = rows.filter(({ by }) => !untaught.test(by)).flatMap(({ names, by }) => names.map(() => by));
    const covered = taught.filter((by) => by !== 'no');
    expect(covered.length / taught.length).toBeGreaterThanOrEqual(0.9);
  });

  test.each([
    ['Squawk', squawk],
    ['Spectral', spectral],
  ])('no rule of %s is passed over', (title, published) => {
    const listed = new Set(tableOf(title).flatMap(({ names }) => names));
    expect(published.filter((name) => !listed.has(name))).toEqual([]);
  });
});
