import { describe, expect, test } from '@jest/globals';
import { schemaOf, schemaReader } from '../../../src/facts/schemas/reader.ts';

const read = (path: string, text: string) => schemaOf(new Map([[path, text]]));

describe('schemas in sight', () => {
  test('Prisma: models, keys, and that orders grow', () => {
    const { tables, dialect } = read(
      'schema.prisma',
      'datasource db {\n provider = "mysql"\n}\nmodel U {\n id Int @id\n}\nmodel Order {\n id Int @id\n uId Int\n createdAt DateTime\n u U @relation(fields: [uId], references: [id])\n @@index([uId, createdAt(sort: Desc)])\n}',
    );
    expect(dialect).toBe('mysql');
    expect(tables[1]).toMatchObject({
      name: 'Order',
      line: 7,
      grows: true,
      relations: [{ to: 'U', columns: ['uId'], line: 11 }],
    });
    expect(tables[1]?.indexes.map((i) => i.columns)).toEqual([['id'], ['uId', 'createdAt']]);
  });

  test('Drizzle: references and the indexes of the third argument', () => {
    const { tables, dialect } = read(
      'schema.ts',
      "export const orders = pgTable('orders', {\n id: serial('id').primaryKey(),\n userId: integer('user_id').references(() => users.id),\n}, (t) => [index('i').on(t.userId)]);",
    );
    expect(dialect).toBe('postgresql');
    expect(tables[0]).toMatchObject({
      relations: [{ to: 'users', line: 3 }],
      indexes: [{ columns: ['id'] }, { columns: ['userId'] }],
    });
  });

  test('TypeORM: relations and indexes by decorator', () => {
    const { tables } = read(
      'order.entity.ts',
      "@Entity()\n@Index(['state'])\nexport class Order {\n @PrimaryColumn() id: string;\n @Index()\n @ManyToOne(() => User)\n user: User;\n}",
    );
    expect(tables[0]?.relations[0]).toMatchObject({ name: 'user', to: 'User', many: false });
    expect(tables[0]?.indexes.map((i) => i.columns)).toEqual([['state'], ['id'], ['user']]);
  });

  test('Mongoose and Sequelize', () => {
    expect(
      read(
        'a.js',
        "const mongoose = require('mongoose');\nconst s = new mongoose.Schema({ user: { type: Id, ref: 'User' } }, { timestamps: true });\ns.index({ user: 1 });\nmodule.exports = mongoose.model('Post', s);",
      ).tables[0],
    ).toMatchObject({ name: 'Post', grows: true, indexes: [{ columns: ['user'] }] });
    expect(
      read(
        'b.js',
        "sequelize.define('Post', { title: { type: T, unique: true } }, { indexes: [{ fields: ['title', 'at'] }] });",
      ).tables[0]?.indexes.length,
    ).toBe(2);
  });

  test('classes of Nest’s Mongoose and of sequelize-typescript, with their indexes', () => {
    expect(
      read(
        'part.schema.ts',
        "@Schema({ timestamps: true, collection: 'parts' })\nexport class Part {\n @Prop({ index: true }) code: string;\n @Prop() old: boolean;\n @Prop({ type: Id, ref: 'Shop' }) shop: Id;\n}\nexport const PartSchema = SchemaFactory.createForClass(Part);\nPartSchema.index({ shop: 1, createdAt: -1 });",
      ).tables[0],
    ).toMatchObject({
      name: 'Part',
      alias: 'parts',
      source: 'mongoose',
      grows: true,
      columns: [{ name: 'createdAt' }, { name: 'code' }, { name: 'old', few: true }, { name: 'shop' }],
      indexes: [{ columns: ['shop', 'createdAt'] }, { columns: ['code'] }],
    });
    expect(
      read(
        'bill.ts',
        '@Table\nexport class Bill extends Model {\n @Index @Column number: string;\n @ForeignKey(() => Shop) @Column shopId: string;\n @CreatedAt at: Date;\n}',
      ).tables[0],
    ).toMatchObject({
      source: 'sequelize',
      relations: [{ to: 'Shop', columns: ['shopId'] }],
      indexes: [{ columns: ['number'] }],
    });
  });

  test('few values, other names and partial indexes are told', () => {
    expect(
      read('a.prisma', 'enum S {\n A\n B\n}\nmodel Part {\n id Int @id\n s S\n old Boolean\n @@map("parts")\n}')
        .tables[0],
    ).toMatchObject({
      name: 'Part',
      alias: 'parts',
      columns: [{ name: 'id' }, { name: 's', few: true }, { name: 'old', few: true }],
    });
    expect(
      read('a.sql', 'create table a (id int primary key, b int); create index on a (b) where b > 0;').tables[0]
        ?.indexes,
    ).toMatchObject([{ columns: ['id'] }, { columns: ['b'], partial: true }]);
  });

  test('schemas are asked for where they stand by custom, migrations where no schema makes them', () => {
    const wanted = (tree: readonly string[]) =>
      schemaReader.wants?.({ head: 'h', base: 'b', files: [], context: [], unread: [], tree: [...tree] });
    expect(wanted(['src/a.ts', 'src/models/part.ts', 'test/models/part.ts', 'migrations/1.sql'])).toEqual([
      'src/models/part.ts',
      'migrations/1.sql',
    ]);
    expect(wanted(['prisma/schema.prisma', 'prisma/migrations/1/migration.sql'])).toEqual(['prisma/schema.prisma']);
  });

  test('SQL, and a file that does not parse says nothing', () => {
    expect(
      read('a.sql', 'create table a (id int primary key, b int references c (id)); create index on a (b);').tables[0],
    ).toMatchObject({ name: 'a', relations: [{ to: 'c' }] });
    expect(read('x.prisma', 'model {').tables).toEqual([]);
  });
});
