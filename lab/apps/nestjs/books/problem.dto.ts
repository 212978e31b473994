// region errors
import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';

export class FieldError {
  index?: number;
  field: string;
  message: string;
}

export class Problem {
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
}

/** Documents the answers of a route that are problems. */
export function ApiProblems(...statuses: number[]) {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } };
  return applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) =>
      ApiResponse({ status, description: STATUS_CODES[status], content }),
    ),
  );
}
// endregion
