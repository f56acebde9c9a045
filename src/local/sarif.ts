import { plainLinks } from '../review/links.ts';
import type { Finding, Review, Severity } from '../review/types.ts';
import { lessonSlugs } from '../review/types.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
};

interface RuleWords {
  readonly id: string;
  readonly lesson: number;
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
}

/**
 * A review as SARIF 2.1.0 (OASIS standard), as GitHub code scanning takes it: rules with help, results with places and
 * the same fingerprints as in comments. No snippets: a snippet could hold a secret.
 */
export function toSarif(review: Review, rules: readonly RuleWords[], lessonsUrl: string): Record<string, unknown> {
  const used = [...new Set(review.findings.map((finding) => finding.rule))].sort();
  const words = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Hindsight',
            rules: used.map((id) => {
              const rule = words.get(id);
              return {
                id,
                shortDescription: { text: rule?.summary ?? id },
                fullDescription: { text: rule?.why ?? id },
                help: { text: rule?.fix ?? '' },
                helpUri: `${lessonsUrl}/${rule ? lessonSlugs[rule.lesson - 1] : ''}#${id}`,
              };
            }),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: review.findings.map((finding) => resultOf(finding, used)),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: review.faults.map(({ path, what }) => ({
              level: 'warning',
              message: { text: what },
              locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
            })),
          },
        ],
      },
    ],
  };
}

function resultOf(finding: Finding, used: readonly string[]): Record<string, unknown> {
  return {
    ruleId: finding.rule,
    ruleIndex: used.indexOf(finding.rule),
    level: levels[finding.severity],
    message: { text: [finding.message, finding.because, ...plainLinks(finding.links)].filter(Boolean).join(' ') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(finding.path),
          // SARIF's lines are those of the file as it is: a removed line and a commit's burnt secret have none.
          ...(finding.side === 'after' && { region: { startLine: finding.line, endLine: finding.endLine } }),
        },
      },
    ],
    partialFingerprints: { 'hindsight/v1': finding.fingerprint },
  };
}

function artifact(path: string): Record<string, unknown> {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
