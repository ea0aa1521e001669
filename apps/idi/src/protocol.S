// The protocol's files; IDI_OPENAPI and IDI_MESSAGE_SCHEMA, their paths, come from CMake.
  .section .rodata
  .global idi_openapi_begin
  .global idi_openapi_end
  .global idi_message_schema_begin
  .global idi_message_schema_end
idi_openapi_begin:
  .incbin IDI_OPENAPI
idi_openapi_end:
idi_message_schema_begin:
  .incbin IDI_MESSAGE_SCHEMA
idi_message_schema_end:
  .section .note.GNU-stack,"",%progbits
