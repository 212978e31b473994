// region validation
import { UnprocessableEntityException, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldError } from './problem.dto.js';

/** One entry for each field, with the message of its first decorator: class-validator has it last. */
export function faults(errors: ValidationError[]): FieldError[] {
  return errors.map(({ property, constraints = {} }) => ({
    field: property,
    message: Object.values(constraints).at(-1) ?? 'is not valid',
  }));
}

export const validationPipe = new ValidationPipe({
  whitelist: true,
  transform: true,
  exceptionFactory: (errors) => new UnprocessableEntityException({ errors: faults(errors) }),
});
// endregion
