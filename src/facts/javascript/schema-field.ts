/** A field of a schema in code: zod, valibot, TypeBox, Joi, yup, the class of a request. */
export interface SchemaField {
  readonly line: number;
  readonly endLine: number;
  readonly required: boolean;
  readonly values?: readonly string[];
}

/** Fields by the path of their schema: `Order`, `Order.lines`. */
export type Schemas = ReadonlyMap<string, ReadonlyMap<string, SchemaField>>;
