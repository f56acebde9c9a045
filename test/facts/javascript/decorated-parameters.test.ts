import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

/** Kinds of the flows of a method of a controller whose one parameter is `input`. */
function kindsOf(parameter: string, body: string): string[] {
  const { flows } = codeOf(
    'src/parcels.controller.ts',
    `import { Args, Body, Controller, Headers, Param, Post, Query } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Parcel, ParcelDto } from './parcel';
interface Change { weight: number }
@Controller('parcels')
export class Parcels {
  constructor(@InjectRepository(Parcel) private readonly parcels: Repository<Parcel>) {}
  @Post()
  run(${parameter}) { ${body} }
}`,
  );
  return flows.map(({ kind }) => kind);
}

test('part of a path and a header are text; part of a query string may be anything', () => {
  const read = 'return this.parcels.findOneBy({ id: input });';
  expect(kindsOf("@Param('id') input: string", read)).toEqual([]);
  expect(kindsOf("@Headers('x-parcel') input: string", read)).toEqual([]);
  expect(kindsOf("@Query('id') input: string", read)).toEqual(['input']);
});

test('a class is looked at when the body comes in, what TypeScript alone knows is not', () => {
  const write = 'return this.parcels.save(input);';
  expect(kindsOf('@Body() input: ParcelDto', write)).toEqual([]);
  expect(kindsOf('@Body() input: Partial<Parcel>', write)).toContain('write');
  expect(kindsOf('@Body() input: Change', write)).toContain('write');
  expect(kindsOf("@Args('input') input: Change", write)).toEqual([]);
});

test('a row that was just read is written to like any other', () => {
  const { flows } = codeOf(
    'src/app.js',
    `import { Parcel } from './models.js';
export async function change(req, res) { const parcel = await Parcel.findByPk(req.params.id); await parcel.update(req.body); }`,
  );
  expect(flows).toMatchObject([{ kind: 'write', certainty: 'request' }]);
});
