import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const controller = (call: string, query = `@Query('size', ParseIntPipe) size: number`) => `
import { Controller, Get, ParseIntPipe, Query } from '@nestjs/common';
import { Books } from './books.service';
import { BookQuery } from './book.query';
@Controller('books')
export class BooksController {
  constructor(private readonly books: Books) {}
  @Get()
  list(${query}) {
    return ${call};
  }
}
`;
const service = (body: string) => `
import { Repository } from 'typeorm';
import { Shelf } from './shelf';
export class Books {
  constructor(private readonly rows: Repository<Book>, private readonly shelf: Shelf) {}
  ${body}
}
`;

function served(call: string, body: string, context: Record<string, string> = {}, query?: string) {
  const text = controller(call, query);
  const { servedReads } = codeOf('src/books.controller.ts', text, {
    'src/books.service.ts': service(body),
    ...context,
  });
  return servedReads.map(
    ({ read, path, askedByClient }) => `${read.verb} ${path} ${askedByClient ? 'asked' : read.limit}`,
  );
}

describe('a read that another file does for a handler', () => {
  test('is stated where it has no limit', () => {
    expect(served('this.books.all()', 'all() { return this.rows.find(); }')).toEqual([
      'find src/books.service.ts none',
    ]);
  });

  test('is found through a service that only hands on', () => {
    const shelf = `import { Book } from './book';
export class Shelf {
  constructor(private readonly rows: Repository<Book>) {}
  everything() { return this.rows.find(); }
}`.replace('import', `import { Repository } from 'typeorm';\nimport`);
    expect(served('this.books.all()', 'all() { return this.shelf.everything(); }', { 'src/shelf.ts': shelf })).toEqual([
      'find src/shelf.ts none',
    ]);
  });

  test('is not stated where it is one of several reads, or bounded', () => {
    expect(served('this.books.all()', 'all() { return this.rows.find({ take: 20 }); }')).toEqual([]);
    expect(
      served(
        'this.books.all()',
        'async all() { const n = await this.rows.count(); return [n, await this.rows.find()]; }',
      ),
    ).toEqual([]);
  });
});

describe('a number of rows that the client sends', () => {
  test('reaches the limit through a parameter of the service', () => {
    expect(served('this.books.some(size)', 'some(n: number) { return this.rows.find({ take: n }); }')).toEqual([
      'find src/books.service.ts asked',
    ]);
  });

  test('is let be where the service, or the class of the query, bounds it', () => {
    expect(
      served('this.books.some(size)', 'some(n: number) { if (n > 50) n = 50; return this.rows.find({ take: n }); }'),
    ).toEqual([]);
    const query = (max: string) => ({
      'src/book.query.ts': `export class BookQuery { @IsInt() ${max} size: number; }`,
    });
    const page = 'page(query: BookQuery) { return this.rows.find({ take: query.size }); }';
    const given = '@Query() query: BookQuery';
    expect(served('this.books.page(query)', page, query('@Max(50)'), given)).toEqual([]);
    expect(served('this.books.page(query)', page, query(''), given)).toEqual(['find src/books.service.ts asked']);
    expect(served('this.books.page(query)', page, {}, given)).toEqual([]);
  });
});
