// The document is the one that is checked in, which names the realm of the default ports. This stack's is named by the API (RFC 9728).
const json = async (address) => (await fetch(address)).json();
const [api, resource] = await Promise.all([json("/v1/openapi.json"), json("/.well-known/oauth-protected-resource")]);
const endpoints = `${resource.authorization_servers[0]}/protocol/openid-connect`;

const { sign_in, bearer } = api.components.securitySchemes;
Object.assign(sign_in.flows.authorizationCode, {
  authorizationUrl: `${endpoints}/auth`,
  tokenUrl: `${endpoints}/token`,
  refreshUrl: `${endpoints}/token`,
});
// What a page can do: it has no key to prove, and need not be told twice where to sign in.
api.components.securitySchemes = { sign_in, bearer };
api.security = [{ sign_in: [] }, { bearer: [] }];

const ui = SwaggerUIBundle({
  spec: api,
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "list",
  tryItOutEnabled: true,
  defaultModelsExpandDepth: -1,
  oauth2RedirectUrl: new URL("oauth2-redirect.html", location.href).href,
});
ui.initOAuth({ clientId: "swagger-ui", scopes: "openid", usePkceWithAuthorizationCodeGrant: true });
