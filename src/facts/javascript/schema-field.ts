import type { Bounds } from './field-bounds.ts';

/** A field of a schema in code: zod, valibot, TypeBox, Joi, yup, the class of a request. */
export interface SchemaField {
  readonly line: number;
  readonly endLine: number;
  readonly required: boolean;
  readonly values?: readonly string[];
  readonly bounds?: Bounds;
  /** Last line of what says the bounds, where that is past `endLine`. */
  readonly boundsEnd?: number;
}

/** Fields by the path of their schema: `Order`, `Order.lines`. */
export type Schemas = ReadonlyMap<string, ReadonlyMap<string, SchemaField>>;

/** Stands among the fields of a schema for those of another that are spread into it. */
export const spread = '...';
