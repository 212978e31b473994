// region configuration
import { plainToInstance } from 'class-transformer';
import {
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsUrl,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';

export class Settings {
  HOST: string = '127.0.0.1';

  @IsInt()
  PORT: number = 3000;

  @IsNotEmpty()
  BOOKS_DATABASE: string;

  @MinLength(32)
  BOOKS_SECRET: string;

  @IsNotEmpty()
  BOOKS_EDITOR: string;

  @IsNotEmpty()
  BOOKS_PASSWORD: string;

  @IsInt()
  @Min(1)
  BOOKS_TOKEN_SECONDS: number = 3600;

  @IsInt()
  @Min(1)
  @Max(100)
  BOOKS_PAGE_SIZE: number = 20;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  BOOKS_WEBHOOK?: string;
}

/** For ConfigModule: an error ends the start of the application. */
export function validate(environment: Record<string, unknown>): Settings {
  const settings = plainToInstance(Settings, environment, { enableImplicitConversion: true });
  const errors = validateSync(settings);
  if (errors.length > 0) throw new Error(errors.join(''));
  return settings;
}
// endregion
