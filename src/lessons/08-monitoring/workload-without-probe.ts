import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const workloadWithoutProbe = defineRule({
  id: 'workload-without-probe',
  lesson: 8,
  severity: 'notice',
  summary: 'The container opens a port and nothing asks whether it answers: give it a readiness and a liveness probe.',
  why: 'Without a readiness probe traffic reaches a pod before it can serve, at every roll-out. Without a liveness probe a process that hangs stays in service until somebody complains.',
  fix: 'Add a `readinessProbe` on an endpoint that checks what requests need, and a `livenessProbe` on one that checks the process only.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'k8s/orders.yaml',
        code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  template:
    spec:
      containers:
>       - name: orders
          image: orders:1
          ports:
            - containerPort: 3000
          resources:
            requests: { memory: 256Mi }
            limits: { memory: 256Mi }
`,
      },
    ],
    good: [
      {
        path: 'k8s/orders.yaml',
        code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  template:
    spec:
      containers:
        - name: orders
          image: orders:1
          ports:
            - containerPort: 3000
          resources:
            requests: { memory: 256Mi }
            limits: { memory: 256Mi }
          readinessProbe:
            httpGet: { path: /ready, port: 3000 }
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'workload-without-probe'),
});
