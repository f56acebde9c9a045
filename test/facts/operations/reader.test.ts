import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { operationsReader } from '../../../src/facts/operations/reader.ts';
import { compareTexts } from '../../../src/review/diff.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { problemsOf } from './problems-of.ts';

const dockerfile = 'FROM node:24\nEXPOSE 3000\nCMD ["node", "main.js"]\n';
const container = (more: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n${more.replace(/^/gm, '          ')}\n`;
const workflow = (run: string) =>
  `on: push\nenv: { TOKEN: '$${'{{ secrets.TOKEN }}'}', MODE: a }\njobs:\n  a:\n    steps:\n      - run: ${run}\n`;

describe('a Dockerfile', () => {
  test('may give a key that is made to be public', () => {
    const env = (value: string) => problemsOf('Dockerfile', `FROM node:24\nENV SHOP_API_KEY=${value}\n`);
    expect(env('pk_live_loaded-by-every-page')).toEqual([]);
    expect(env('none-but-the-server')).toEqual(['2 secret-as-build-argument']);
  });

  test('needs a health check only where Compose runs it and has none of its own', () => {
    const compose = 'services:\n  web:\n    build: .\n';
    expect(problemsOf('Dockerfile', dockerfile)).toEqual([]);
    expect(problemsOf('Dockerfile', dockerfile, { 'compose.yaml': compose })).toEqual(['2 image-without-healthcheck']);
    expect(problemsOf('Dockerfile', dockerfile, { 'compose.yaml': `${compose}    healthcheck: {}\n` })).toEqual([]);
    const none = dockerfile.replace('CMD', 'HEALTHCHECK NONE\nCMD');
    expect(problemsOf('Dockerfile', none, { 'compose.yaml': compose })).toEqual(['2 image-without-healthcheck']);
    expect(problemsOf('Dockerfile', dockerfile, { 'compose.yaml': compose, 'k8s/a.yaml': 'a: 1' })).toEqual([]);
  });

  test('shows a secret build argument by its name, never by its value', () => {
    const file = compareTexts({ path: 'Dockerfile', status: 'added', after: 'ARG DB_PASSWORD=horse\nARG MODE=a\n' });
    const project = buildProject({ head: 'h', base: 'b', files: [file], context: [], unread: [] });
    const { operations } = operationsReader.read(file, project);
    expect(operations?.problems).toMatchObject([{ rule: 'secret-as-build-argument', line: 1 }]);
    expect(JSON.stringify(operations)).not.toContain('horse');
  });
});

describe('the environment of an image', () => {
  test.each([
    ['ENV DB_PASSWORD correct-horse-battery', true],
    ['ENV MODE=a DB_PASSWORD="correct-horse-battery"', true],
    ['ARG API_KEY=1\nENV DB_PASSWORD=$API_KEY', true],
    ['ARG BILLING_SECRET_KEY', true],
    ['ENV DB_PASSWORD=$DB_PASSWORD', false],
    ['ENV DB_PASSWORD=changeme-please', false],
    ['ENV DB_PASSWORD=', false],
    ['ENV PASSWORD_FILE=/run/secrets/password', false],
    ['ENV MODE=production', false],
  ])('%j holds a secret: %s', (instruction, holds) => {
    const found = problemsOf('Dockerfile', `FROM a\n${instruction}\n`);
    expect(found?.filter((problem) => problem.startsWith(`${instruction.split('\n').length + 1} `))).toHaveLength(
      holds ? 1 : 0,
    );
  });
});

describe('a Kubernetes manifest', () => {
  test('is judged container by container', () => {
    expect(problemsOf('k8s/a.yaml', container('ports: [{containerPort: 1}]'))).toEqual([
      '7 workload-without-probe',
      '7 workload-without-limits',
    ]);
    expect(problemsOf('k8s/a.yaml', container('resources: {limits: {memory: 1Gi}}'))).toEqual([]);
    expect(problemsOf('k8s/a.yaml', container('resources: *shared').replace('kind', 'x: &shared {}\nkind'))).toEqual(
      [],
    );
  });

  test('says where a plain secret stands and not what it is; sealed and templated ones are left alone', () => {
    const secret = (values: string) => `apiVersion: v1\nkind: Secret\n${values}`;
    expect(problemsOf('k8s/secret.yaml', secret('data:\n  a: aG9yc2U=\n'))).toEqual(['4 plain-kubernetes-secret']);
    expect(problemsOf('k8s/secret.yaml', secret('data:\n  a: ENC[AES256_GCM,data:x]\n'))).toEqual([]);
    expect(problemsOf('k8s/secret.yaml', secret('data:\n  a: aG9yc2U=\nsops:\n  mac: x\n'))).toEqual([]);
    expect(problemsOf('k8s/secret.yaml', secret('data:\n  a: {{ .Values.a }}\n'))).toBeUndefined();
  });

  test('with one pod behind a Service is told, unless something scales it or it is one for a reason', () => {
    const text = (more = '', volumes = '') =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 1\n  template:\n    metadata: { labels: { app: web, tier: front } }\n    spec: { ${volumes} }\n---\napiVersion: v1\nkind: Service\nspec: { selector: { app: web } }\n${more}`;
    expect(problemsOf('k8s/web.yaml', text())).toEqual(['5 single-replica']);
    const scaler = 'kind: HorizontalPodAutoscaler\nspec: { scaleTargetRef: { name: web } }\n';
    expect(problemsOf('k8s/web.yaml', text(`---\n${scaler}`))).toEqual([]);
    expect(problemsOf('k8s/web.yaml', text(), { 'k8s/hpa.yaml': scaler })).toEqual([]);
    expect(problemsOf('k8s/web.yaml', text('', 'volumes: [{ persistentVolumeClaim: { claimName: a } }]'))).toEqual([]);
    expect(problemsOf('k8s/web.yaml', text().replace('app: web }', 'app: api }'))).toEqual([]);
  });

  test('that is no YAML is an error without its words', () => {
    const text = 'apiVersion: v1\nkind: Secret\ndata: [horse\n';
    expect(() => problemsOf('k8s/secret.yaml', text)).toThrow(/^not YAML \(\d+:\d+\)$/);
  });
});

describe('a workflow', () => {
  test.each([
    ['aws-actions/configure-aws-credentials@v4', 'aws-secret-access-key: x', ['7 long-lived-cloud-key']],
    ['aws-actions/configure-aws-credentials@v4', 'aws-secret-access-key: x\n          role-to-assume: y', []],
    ['google-github-actions/auth@v3', 'credentials_json: x', ['7 long-lived-cloud-key']],
    ['google-github-actions/auth@v3', 'workload_identity_provider: x', []],
    ['somebody/other@v1', 'creds: x', []],
  ])('%s with %j signs in for longer than a run: %j', (uses, input, expected) => {
    const text = `on: push\njobs:\n  a:\n    steps:\n      - uses: ${uses}\n        with:\n          ${input}\n`;
    expect(problemsOf('.github/workflows/a.yml', text)).toEqual(expected);
  });

  test.each([
    ['echo "${' + '{ secrets.KEY }}"', true],
    ['npm ci && echo ${' + '{ secrets.KEY }}', true],
    ['npm ci && ./deploy ${' + '{ secrets.KEY }} || echo failed', false],
    ['KEY=1 printf "%s" ${' + '{ secrets.KEY }}', true],
    ['echo "${' + '{ secrets.KEY }}" | docker login --password-stdin', false],
    ['echo "${' + '{ secrets.KEY }}" > key.txt', false],
    ['echo "::add-mask::${' + '{ secrets.KEY }}"', false],
    ['echo "${' + '{ secrets.GITHUB_TOKEN }}"', false],
    ['echo "${' + '{ secrets.KEY }}" | base64 -d', true],
    ['echo "${' + '{ secrets.KEY }}" | base64 -d > key.json', false],
    ['echo "with $TOKEN"', true],
    ['echo "${' + 'TOKEN:0:4}"', true],
    ['echo "${' + 'TOKEN:+is set}"', false],
    ['echo "$MODE"', false],
    ['deploy --key "${' + '{ secrets.KEY }}"', false],
  ])('%s prints a secret: %s', (run, prints) => {
    const found = problemsOf('.github/workflows/a.yml', workflow(run));
    expect(found).toEqual(prints ? ['6 secret-printed-in-workflow'] : []);
  });
});

test('hostile files cost no more than their length', () => {
  const started = cpuMilliseconds();
  problemsOf('Dockerfile', `FROM a\n${'ARG A_TOKEN\n'.repeat(1_000)}RUN ${'a \\\n'.repeat(5_000)}b\n`);
  problemsOf('k8s/a.yaml', `apiVersion: v1\nkind: Secret\ndata:\n${'  k: v1234\n'.repeat(2_000)}`);
  problemsOf('.github/workflows/a.yml', workflow(`'echo $${'{ '.repeat(5_000)}'`));
  expect(() => problemsOf('k8s/a.yaml', `apiVersion: v1\nkind: A\nx: ${'['.repeat(5_000)}`)).toThrow(/^not YAML/);
  expect(cpuMilliseconds() - started).toBeLessThan(5_000);
});
