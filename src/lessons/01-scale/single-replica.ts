import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const singleReplica = defineRule({
  id: 'single-replica',
  lesson: 1,
  severity: 'notice',
  summary: 'One pod serves all requests: run at least two, so that a crash or a drained node is no outage.',
  why: 'A single pod is down whenever it restarts: at a crash, when its node is drained, when the kernel takes its memory. It also hides state that lives in the process, until the day a second one is needed in a hurry.',
  fix: 'Set `replicas: 2` or an autoscaler with a minimum of two, a PodDisruptionBudget, and keep sessions, locks and uploads out of the process.',
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
> replicas: 1
  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - name: orders
          image: orders:1
---
apiVersion: v1
kind: Service
metadata:
  name: orders
spec:
  selector: { app: orders }
  ports: [{ port: 80 }]
`,
      },
    ],
    good: [
      {
        path: 'k8s/orders.yaml',
        code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders-worker
spec:
  replicas: 1
  template:
    metadata:
      labels: { app: orders-worker }
    spec:
      containers:
        - name: worker
          image: orders:1
`,
      },
      {
        path: 'k8s/orders.yaml',
        code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 3
  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - name: orders
          image: orders:1
---
apiVersion: v1
kind: Service
metadata:
  name: orders
spec:
  selector: { app: orders }
  ports: [{ port: 80 }]
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'single-replica'),
});
