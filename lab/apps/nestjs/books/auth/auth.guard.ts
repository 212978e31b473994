// region authentication
import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Request } from 'express';

@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const [type, token] = request.headers.authorization?.split(' ') ?? [];
    if (type === 'Bearer' && token && (await this.isValid(token))) return true;
    throw new UnauthorizedException('A valid token is required.');
  }

  private async isValid(token: string): Promise<boolean> {
    try {
      const { exp } = await this.jwt.verifyAsync<{ exp?: number }>(token);
      return exp !== undefined;
    } catch {
      return false;
    }
  }
}
// endregion
