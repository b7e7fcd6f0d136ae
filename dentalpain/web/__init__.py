"""The pages and the JSON API: a blueprint that a host mounts through `DentalPain.init_app`."""
