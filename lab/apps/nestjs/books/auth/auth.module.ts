// region authentication
import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtModule } from '@nestjs/jwt';
import type { Settings } from '../settings.js';
import { AuthController } from './auth.controller.js';

@Module({
  imports: [
    JwtModule.registerAsync({
      global: true,
      inject: [ConfigService],
      useFactory: (config: ConfigService<Settings, true>) => ({
        secret: config.get('BOOKS_SECRET', { infer: true }),
        signOptions: {
          algorithm: 'HS256',
          expiresIn: config.get('BOOKS_TOKEN_SECONDS', { infer: true }),
        },
        verifyOptions: {
          algorithms: ['HS256'],
          subject: config.get('BOOKS_EDITOR', { infer: true }),
        },
      }),
    }),
  ],
  controllers: [AuthController],
})
export class AuthModule {}
// endregion
