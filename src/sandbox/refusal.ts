export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GitHub says no: an answer that ends a handler from any depth. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(String(body.message));
    this.answer = {
      status,
      body: { ...body, documentation_url: 'https://docs.github.com/rest', status: String(status) },
      headers,
    };
  }
}

/** Asked too fast, or too much at once (W6). */
export const tooFast = (headers: Readonly<Record<string, string>> = {}): Refusal =>
  new Refusal(
    403,
    { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
    { ...headers, 'retry-after': '60' },
  );

export const notFound = (): Refusal => new Refusal(404, { message: 'Not Found' });

/** 422 in the form of the newer endpoints: words only, and not which of the comments was meant (R1). */
export const unprocessable = (...errors: string[]): Refusal =>
  new Refusal(422, { message: 'Unprocessable Entity', errors });

/** 422 in the form of the older endpoints. */
export const invalid = (resource: string, field: string, message: string): Refusal =>
  new Refusal(422, { message: 'Validation Failed', errors: [{ resource, code: 'custom', field, message }] });
