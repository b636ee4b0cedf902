"use strict";

// Reading only: a request must be signed, and this page knows no secret.
SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#api",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 3,
  defaultModelRendering: "example",
  displayOperationId: false,
  docExpansion: "list",
  filter: false,
  queryConfigEnabled: false,
  showExtensions: true,
  supportedSubmitMethods: [],
  tryItOutEnabled: false,
  validatorUrl: null,
});
