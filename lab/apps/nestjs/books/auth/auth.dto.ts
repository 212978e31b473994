// region authentication
import { IsString } from 'class-validator';

export class CredentialsDto {
  @IsString()
  username: string;

  @IsString()
  password: string;
}

export class TokenDto {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
}
// endregion
