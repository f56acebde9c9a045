import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const workloadWithoutLimits = defineRule({
  id: 'workload-without-limits',
  lesson: 1,
  severity: 'notice',
  summary:
    'The container asks for no resources and has no limit: one leak takes its neighbours down. Set requests and a memory limit.',
  why: 'The scheduler packs pods by what they request. One that requests nothing lands anywhere, takes the memory of the node, and the kernel ends whichever process is largest.',
  fix: 'Set `resources.requests` to what it needs under normal load and `limits.memory` to what it may never pass.',
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
          readinessProbe:
            httpGet: { path: /ready, port: 3000 }
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
          readinessProbe:
            httpGet: { path: /ready, port: 3000 }
          resources:
            requests: { memory: 256Mi }
            limits: { memory: 256Mi }
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'workload-without-limits'),
});
