// region authentication
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  All,
  Body,
  Controller,
  Header,
  HttpCode,
  MethodNotAllowedException,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtService } from '@nestjs/jwt';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { ApiProblems } from '../problem.dto.js';
import type { Settings } from '../settings.js';
import { CredentialsDto, TokenDto } from './auth.dto.js';

const digest = (text: string) => createHash('sha256').update(text).digest();
const equal = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));

@Controller('api/token')
export class AuthController {
  constructor(
    private readonly config: ConfigService<Settings, true>,
    private readonly jwt: JwtService,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiProblems(400, 401, 413, 422)
  async giveToken(@Body() { username, password }: CredentialsDto): Promise<TokenDto> {
    const known = equal(username, this.config.get('BOOKS_EDITOR', { infer: true }));
    if (!equal(password, this.config.get('BOOKS_PASSWORD', { infer: true })) || !known) {
      throw new UnauthorizedException('The name or the password is wrong.');
    }
    const access_token = await this.jwt.signAsync({ sub: username });
    const expires_in = this.config.get('BOOKS_TOKEN_SECONDS', { infer: true });
    return { access_token, token_type: 'bearer', expires_in };
  }

  @All()
  @Header('Allow', 'POST')
  @ApiExcludeEndpoint()
  refuse(): never {
    throw new MethodNotAllowedException();
  }
}
// endregion
