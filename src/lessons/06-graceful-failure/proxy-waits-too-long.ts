import { operationsProblems } from '../../facts/operations.ts';
import { defineRule } from '../define-rule.ts';

export const proxyWaitsTooLong = defineRule({
  id: 'proxy-waits-too-long',
  lesson: 6,
  severity: 'notice',
  summary:
    'The proxy waits so long that it may as well wait for ever: give it a timeout a little above what the slowest good answer takes.',
  why: 'A proxy holds a connection, and often a worker of the program behind it, as long as its timeout says. When one dependency hangs, requests pile up until nobody is served, and what would have been errors for a few becomes an outage for all.',
  fix: 'Set the timeout a little above your 99.9th percentile. Work that takes minutes belongs in a job; long-lived connections (WebSocket, event streams) belong in a location of their own.',
  kinds: ['config', 'production', 'script'],
  examples: {
    bad: [
      {
        path: 'k8s/ingress.yaml',
        code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: orders
  annotations:
>   nginx.ingress.kubernetes.io/proxy-read-timeout: "86400"
`,
      },
      {
        path: 'deploy/nginx.conf',
        code: `server {
  listen 80;
  location /api/ {
    proxy_pass http://orders:3000;
    proxy_connect_timeout 5s;
>   proxy_read_timeout 1h;
  }
}
`,
      },
      {
        path: 'haproxy.cfg',
        code: `defaults
  mode http
  timeout client 30s

>backend orders
  server one orders:3000 check
`,
      },
    ],
    good: [
      {
        path: 'k8s/ingress.yaml',
        code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: orders
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "30"
`,
      },
      {
        path: 'deploy/nginx.conf',
        code: `server {
  location /api/ {
    proxy_pass http://orders:3000;
    proxy_read_timeout 30s;
  }
  location /live/ {
    proxy_pass http://orders:3000;
    proxy_set_header Upgrade $http_upgrade;
    proxy_read_timeout 1h;
  }
}
`,
      },
      {
        path: 'haproxy.cfg',
        code: `defaults
  mode http
  timeout client 30s
  timeout connect 2s
  timeout server 30s

backend orders
  server one orders:3000 check
`,
      },
    ],
  },
  check: (facts) => operationsProblems(facts, 'proxy-waits-too-long'),
});
