import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { operationsReader } from '../../../src/facts/operations/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';

function problems(path: string, after: string, context: Readonly<Record<string, string>> = {}) {
  const file = compareTexts({ path, status: 'added', after });
  const others = Object.entries(context).map(([name, text]) => ({ path: name, text }));
  const project = buildProject({ head: 'h', base: 'b', files: [file], context: others, unread: [] });
  const { operations } = operationsReader.read(file, project);
  return operations?.problems.map(({ rule, line }) => `${line} ${rule}`);
}

const dockerfile = 'FROM node:24\nEXPOSE 3000\nCMD ["node", "main.js"]\n';
const container = (more: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n${more.replace(/^/gm, '          ')}\n`;
const workflow = (run: string) => `on: push\njobs:\n  a:\n    steps:\n      - run: ${run}\n`;

describe('a Dockerfile', () => {
  test('needs a health check only where Compose runs it and has none of its own', () => {
    const compose = 'services:\n  web:\n    build: .\n';
    expect(problems('Dockerfile', dockerfile)).toEqual([]);
    expect(problems('Dockerfile', dockerfile, { 'compose.yaml': compose })).toEqual(['2 image-without-healthcheck']);
    expect(problems('Dockerfile', dockerfile, { 'compose.yaml': `${compose}    healthcheck: {}\n` })).toEqual([]);
    expect(problems('Dockerfile', dockerfile, { 'compose.yaml': compose, 'k8s/a.yaml': 'a: 1' })).toEqual([]);
  });

  test('shows a secret build argument by its name, never by its value', () => {
    const file = compareTexts({ path: 'Dockerfile', status: 'added', after: 'ARG DB_PASSWORD=horse\nARG MODE=a\n' });
    const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
    const { operations } = operationsReader.read(file, project);
    expect(operations?.problems).toMatchObject([{ rule: 'secret-as-build-argument', line: 1 }]);
    expect(JSON.stringify(operations)).not.toContain('horse');
  });
});

describe('a Kubernetes manifest', () => {
  test('is judged container by container', () => {
    expect(problems('k8s/a.yaml', container('ports: [{containerPort: 1}]'))).toEqual([
      '7 workload-without-probe',
      '7 workload-without-limits',
    ]);
    expect(problems('k8s/a.yaml', container('resources: {limits: {memory: 1Gi}}'))).toEqual([]);
    expect(problems('k8s/a.yaml', container('resources: *shared').replace('kind', 'x: &shared {}\nkind'))).toEqual([]);
  });

  test('says where a plain secret stands and not what it is; sealed and templated ones are left alone', () => {
    const secret = (values: string) => `apiVersion: v1\nkind: Secret\n${values}`;
    expect(problems('k8s/secret.yaml', secret('data:\n  a: aG9yc2U=\n'))).toEqual(['4 plain-kubernetes-secret']);
    expect(problems('k8s/secret.yaml', secret('data:\n  a: ENC[AES256_GCM,data:x]\n'))).toEqual([]);
    expect(problems('k8s/secret.yaml', secret('data:\n  a: aG9yc2U=\nsops:\n  mac: x\n'))).toEqual([]);
    expect(problems('k8s/secret.yaml', secret('data:\n  a: {{ .Values.a }}\n'))).toBeUndefined();
  });

  test('that is no YAML is an error without its words', () => {
    const text = 'apiVersion: v1\nkind: Secret\ndata: [horse\n';
    expect(() => problems('k8s/secret.yaml', text)).toThrow(/^not YAML \(\d+:\d+\)$/);
  });
});

describe('a workflow', () => {
  test.each([
    ['echo "${' + '{ secrets.KEY }}"', true],
    ['KEY=1 printf "%s" ${' + '{ secrets.KEY }}', true],
    ['echo "${' + '{ secrets.KEY }}" | docker login --password-stdin', false],
    ['echo "${' + '{ secrets.KEY }}" > key.txt', false],
    ['echo "::add-mask::${' + '{ secrets.KEY }}"', false],
    ['echo "${' + '{ secrets.GITHUB_TOKEN }}"', false],
    ['deploy --key "${' + '{ secrets.KEY }}"', false],
  ])('%s prints a secret: %s', (run, prints) => {
    const found = problems('.github/workflows/a.yml', workflow(run));
    expect(found).toEqual(prints ? ['5 secret-printed-in-workflow'] : []);
  });
});

test('hostile files cost no more than their length', () => {
  const started = performance.now();
  problems('Dockerfile', `FROM a\n${'ARG A_TOKEN\n'.repeat(1_000)}RUN ${'a \\\n'.repeat(5_000)}b\n`);
  problems('k8s/a.yaml', `apiVersion: v1\nkind: Secret\ndata:\n${'  k: v1234\n'.repeat(2_000)}`);
  problems('.github/workflows/a.yml', workflow(`'echo $${'{ '.repeat(5_000)}'`));
  expect(() => problems('k8s/a.yaml', `apiVersion: v1\nkind: A\nx: ${'['.repeat(5_000)}`)).toThrow(/^not YAML/);
  expect(performance.now() - started).toBeLessThan(5_000);
});
