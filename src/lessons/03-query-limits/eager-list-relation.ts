import { defineRule } from '../define-rule.ts';
import { named } from './migration-match.ts';

export const eagerListRelation = defineRule({
  id: 'eager-list-relation',
  lesson: 3,
  severity: 'warning',
  summary:
    'The list relation is loaded with every read of its owner, without limit: load it where it is needed, a page at a time.',
  why: 'An eager list joins all its rows to each query of the entity, those that need only a name included. The list grows with use, so reads that were fast at launch slow down for everybody.',
  fix: 'Drop `eager: true` and ask for the relation, with a limit, where a page shows it.',
  kinds: ['production'],
  examples: {
    bad: [
      {
        path: 'src/customer.entity.ts',
        code: `@Entity()
export class Customer {
  @OneToMany(() => Order, (order) => order.customer, { eager: true })
> orders: Order[];
}
`,
      },
    ],
    good: [
      {
        path: 'src/customer.entity.ts',
        code: `@Entity()
export class Customer {
  @OneToMany(() => Order, (order) => order.customer)
  orders: Order[];
}
`,
      },
    ],
  },
  *check({ schema }) {
    for (const table of schema?.tables ?? [])
      for (const { many, eager, line, name } of table.relations)
        if (many && eager) yield { line, because: `Each read of ${named(table.name)} brings all its ${named(name)}.` };
  },
});
