import { describe, expect, test } from '@jest/globals';
import { templateAsYaml } from '../../../src/facts/operations/helm.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { problemsOf } from './problems-of.ts';

const path = 'charts/orders/templates/deployment.yaml';
const template = (container: string) => `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "orders.name" . }}
  labels:
    {{- include "orders.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicaCount }}
  template:
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image }}:{{ .Values.tag }}"
          ports:
            - containerPort: 3000
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
${container.replace(/^/gm, '          ')}
{{- end }}
`;
const probe = '{{- with .Values.probe }}\nlivenessProbe:\n  {{- toYaml . | nindent 12 }}\n{{- end }}';

describe('a Helm template', () => {
  test('keeps its lines, and tells which of them print lines of their own', () => {
    const { text, printed } = templateAsYaml(template('{{- include "orders.probes" . | nindent 10 }}'));
    expect(text.split('\n')).toHaveLength(template('x').split('\n').length);
    expect(text.split('\n')[8]).toMatch(/^ {2}replicas: _+$/);
    expect([...printed].sort()).toEqual([17, 18, 19]);
  });

  test('is judged container by container, but for one into which the template prints', () => {
    expect(problemsOf(path, template('tty: false'))).toEqual(['13 workload-without-probe']);
    expect(problemsOf(path, template(probe))).toEqual([]);
    expect(problemsOf(path, template('{{- include "orders.probes" . | nindent 10 }}'))).toEqual([]);
  });

  test('shows a secret that it holds, not one that it is given', () => {
    const secret = (value: string) => `apiVersion: v1\nkind: Secret\nstringData:\n  a: ${value}\n`;
    expect(problemsOf('templates/secret.yaml', secret('"{{ .Values.password }}"'))).toEqual([]);
    expect(problemsOf('templates/secret.yaml', secret('{{ .Values.a | quote }}'))).toEqual([]);
    expect(problemsOf('templates/secret.yaml', secret('horse'))).toEqual(['4 plain-kubernetes-secret']);
  });

  test('whose branches are no YAML together says nothing', () => {
    expect(problemsOf(path, '{{ if .a }}\na: [1\n{{ else }}\nb: 2]\n: : :\n{{ end }}\n')).toBeUndefined();
  });

  test('that never closes its braces costs no more than its length', () => {
    const started = cpuMilliseconds();
    templateAsYaml('{{ '.repeat(200_000));
    templateAsYaml(`${'a: {{ b }}\n'.repeat(50_000)}`);
    expect(cpuMilliseconds() - started).toBeLessThan(5_000);
  });
});

describe('the values of a chart', () => {
  const values = 'replicaCount: 1\nservice:\n  port: 80\n';
  test('of production may switch neither resources nor probes off', () => {
    const off = `${values.replace('1', '3')}resources: {}\nreadinessProbe: null\nlivenessProbe:\n  enabled: false\n`;
    const found = ['4 workload-without-limits', '5 workload-without-probe'];
    expect(problemsOf('chart/values-prod.yaml', off)).toEqual(found);
    expect(problemsOf('chart/values.yaml', off)).toEqual([]);
    expect(problemsOf('chart/values-prod.yaml', off.replace('null', '{ httpGet: { path: /ready } }'))).toEqual([
      found[0],
    ]);
  });

  test('speak of production where their name does', () => {
    expect(problemsOf('chart/values-production.yaml', values)).toEqual(['1 single-replica']);
    expect(problemsOf('chart/values.prod.yaml', `orders:\n${values.replace(/^(?=.)/gm, '  ')}`)).toEqual([
      '2 single-replica',
    ]);
    expect(problemsOf('chart/values.yaml', values)).toEqual([]);
    expect(problemsOf('chart/values-prod.yaml', `${values}autoscaling:\n  enabled: true\n`)).toEqual([]);
    expect(problemsOf('chart/values-prod.yaml', 'replicaCount: 1\n')).toEqual([]);
  });
});
