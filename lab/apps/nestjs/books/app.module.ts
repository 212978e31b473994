import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from './auth/auth.module.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import { dataSourceOptions } from './data-source.js';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { type Settings, validate } from './settings.js';
import { validationPipe } from './validation.js';

@Module({
  imports: [
    // region configuration
    ConfigModule.forRoot({ isGlobal: true, validate }),
    // endregion
    // region database
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService<Settings, true>) =>
        dataSourceOptions(config.get('BOOKS_DATABASE', { infer: true })),
    }),
    // endregion
    EventEmitterModule.forRoot(),
    AuthModule,
    CatalogueModule,
  ],
  controllers: [HealthController],
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useValue: validationPipe },
  ],
})
export class AppModule {}
