// prompts/chat.txt; IDI_CHAT_FORMAT, its path, comes from CMake.
  .section .rodata
  .global idi_chat_format_begin
  .global idi_chat_format_end
idi_chat_format_begin:
  .incbin IDI_CHAT_FORMAT
idi_chat_format_end:
  .section .note.GNU-stack,"",%progbits
