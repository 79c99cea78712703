"""Writers turn an outline into a draft: offline from templates, or with a language model."""
