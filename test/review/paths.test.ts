import { describe, expect, test } from '@jest/globals';
import { kindOf } from '../../src/review/paths.ts';

describe('what a path says of a file', () => {
  test.each([
    ['src/hooks/express/webhooks.js', 'production'],
    ['services/orders/hooks/before-create.ts', 'production'],
    ['src/hooks/useOrders.ts', 'client'],
    ['src/hooks/orders/use-order.ts', 'client'],
    ['regtest/node.js', 'test'],
    ['packages/api/integration-tests/orders.ts', 'test'],
    ['src/mock-database.js', 'test'],
    ['src/mocker.ts', 'production'],
  ])('%s is %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });
});
